package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import java.util.Set;

/**
 * Who gets what is redeemed, and gives it back when that is reversed.
 *
 * @param kind a participant, a group, or one of the tenant's system holders
 */
record Payee(RedemptionTarget target, HolderId holder, String kind) {
  private static final String FIELD = "the program's " + RedemptionTarget.ENTITY;

  static Payee of(RedemptionTarget target, Holder entity) {
    return new Payee(target, entity.id(), entity.kind());
  }

  static Payee system(RedemptionTarget target, HolderId system) {
    return new Payee(target, system, Names.SYSTEM);
  }

  AccountRef account(AssetRules asset) {
    return isSystem() ? asset.system(holder) : asset.account(holder, Bucket.AVAILABLE);
  }

  /** Wants it to be in one of some statuses, where it has any. */
  void check(Draft draft, AssetRules asset, Set<HolderStatus> allowed) {
    if (!isSystem()) {
      draft.check(
          new Check.AccountStatusIn(
              account(asset),
              allowed,
              new ErrorAnswer(() -> Errors.inactive(kind, FIELD, allowed))));
    }
  }

  /** The error when it would be paid by itself. */
  static Answer paysItself() {
    return Errors.selfTransfer(FIELD);
  }

  /** What messages call it. */
  String name() {
    return target.type().name();
  }

  private boolean isSystem() {
    return kind.equals(Names.SYSTEM);
  }
}
