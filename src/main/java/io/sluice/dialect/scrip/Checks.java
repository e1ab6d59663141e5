package io.sluice.dialect.scrip;

import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The checks of one command, in the order of being added. What follows a failure is dropped. */
final class Checks {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  private final Draft draft = new Draft();

  /** The programme exists and is active. */
  void program(UUID id, Optional<HolderId> program) {
    if (program.isEmpty()) {
      fails(ScripErrors.notFound("program", id));
    } else {
      add(new Check.HolderStatusIn(program.get(), ACTIVE, ScripErrors.programNotActive(id)));
    }
  }

  /** The asset exists, the programme may use it, and it is active. */
  void asset(UUID id, Optional<ScripAsset> asset, UUID program, boolean linked) {
    if (asset.isEmpty()) {
      fails(ScripErrors.notFound("asset", id));
    } else if (!linked) {
      fails(ScripErrors.assetNotLinked(id, program));
    } else {
      add(new Check.HolderStatusIn(new HolderId(id), ACTIVE, ScripErrors.assetNotActive(id)));
    }
  }

  /** The account's holder has one of these statuses. */
  void account(AccountRef account, Set<HolderStatus> allowed, ErrorAnswer refusal) {
    add(new Check.AccountStatusIn(account, allowed, refusal));
  }

  /** Nothing after this matters. */
  void fails(ErrorAnswer refusal) {
    draft.refuse(refusal::answer);
  }

  boolean isBoundToFail() {
    return draft.isDoomed();
  }

  /** The intent; legs are asked for unless it is bound to fail. */
  Intent intent(Supplier<List<Leg>> legs) {
    return draft.intent(legs);
  }

  private void add(Check check) {
    draft.check(check);
  }
}
