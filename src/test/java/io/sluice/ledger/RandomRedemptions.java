package io.sluice.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Random payments out of lots, and what gives parts of them back. */
final class RandomRedemptions {
  private final Random random;
  private final Opening accounts;
  private final Map<TransferId, Leg> asked = new HashMap<>();
  private final List<Redemption> made = new ArrayList<>();
  private long memos;
  private boolean haveGivenBack;

  /** Opens an account of both ledgers. */
  interface Opening {
    AccountRef open(AccountRef ref, long floor);
  }

  /**
   * A payment that was made.
   *
   * @param left an account that tells how much of it has not come back, by how far it is above its
   *     floor
   */
  private record Redemption(TransferId transfer, Leg leg, AccountRef left, AccountRef done) {}

  RandomRedemptions(Random random, Opening accounts) {
    this.random = random;
    this.accounts = accounts;
  }

  boolean isEmpty() {
    return made.isEmpty();
  }

  /** A payment, which can be given back once it is there. */
  TransferCommand redeem(TransferCommand.Builder draft, Leg leg) {
    TransferCommand command = draft.to(Commands.legs(leg));
    asked.put(command.id(), leg);
    return command;
  }

  boolean haveGivenBack() {
    return haveGivenBack;
  }

  /** Of what was asked for, something was posted. */
  void posted(TransferCommand command) {
    haveGivenBack |= command.legs().getLast().lots() instanceof LotRule.Restore;
    Leg leg = asked.remove(command.id());
    if (leg != null) {
      var holder = new HolderId(new UUID(8, memos++));
      long amount = leg.amount().units().longValueExact();
      made.add(
          new Redemption(
              command.id(),
              leg,
              accounts.open(memo(holder, Bucket.AVAILABLE), -amount),
              accounts.open(memo(holder, Bucket.HELD), 0)));
    }
  }

  private static AccountRef memo(HolderId holder, Bucket bucket) {
    return AccountRef.of(holder, TestBooks.ASSET, bucket, AccountKind.SIMPLE);
  }

  /** A part of one of them comes back, or more than there is left of it. */
  List<Leg> giveBack() {
    Redemption one = made.get(random.nextInt(made.size()));
    long whole = one.leg().amount().units().longValueExact();
    Amount amount = Amount.of(1 + random.nextLong(whole));
    return List.of(
        Leg.of(one.left(), one.done(), amount),
        Leg.of(
            one.leg().credit(),
            one.leg().debit(),
            amount,
            new LotRule.Restore(one.transfer(), one.left())));
  }
}
