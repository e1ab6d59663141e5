package io.sluice.dialect.scrip;

import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The checks of one command, in the order of being added. What follows a failure is dropped. */
final class Checks {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  private final List<Check> checks = new ArrayList<>();
  private boolean boundToFail;

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
    add(new Check.Fails(refusal));
    boundToFail = true;
  }

  boolean isBoundToFail() {
    return boundToFail;
  }

  /**
   * The checks. When one is bound to fail nothing moves, so statuses are asked of the holders: an
   * account must not be opened for a request that cannot succeed.
   */
  List<Check> list() {
    return boundToFail ? checks.stream().map(Checks::ofHolder).toList() : List.copyOf(checks);
  }

  private void add(Check check) {
    if (!boundToFail) {
      checks.add(check);
    }
  }

  private static Check ofHolder(Check check) {
    return check instanceof Check.AccountStatusIn in
        ? new Check.HolderStatusIn(in.account().holder(), in.allowed(), in.refusal())
        : check;
  }
}
