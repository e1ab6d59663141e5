package io.sluice.ledger;

import java.util.List;
import java.util.UUID;

/** Commands as a dialect makes them: the one place of these tests that knows how. */
final class Commands {
  static final TenantId TENANT = new TenantId(1);
  static final String KIND = "test.move";
  static final String DETAIL = "{\"note\":\"kept\"}";

  private static long made;

  private Commands() {}

  /** A command without a key whose balances may be as large as any. */
  static TransferCommand.Builder command() {
    return TransferCommand.of(
            Principal.operator(TENANT), new TransferId(new UUID(0x7001, made++)), KIND)
        .detail(DETAIL);
  }

  /** A command under a key. */
  static TransferCommand.Builder keyed(String text, String wish) {
    return command().key(key(text, wish));
  }

  static IdempotencyKey key(String text, String wish) {
    return IdempotencyKey.of("test", text, Digest.start().add(wish));
  }

  static Intent legs(Leg... legs) {
    return new Intent.Move(List.of(), List.of(legs));
  }

  /** A command of nothing but its legs. */
  static TransferCommand move(Leg... legs) {
    return command().to(legs(legs));
  }

  static Leg leg(AccountRef from, AccountRef to, long amount) {
    return Leg.of(from, to, Amount.of(amount));
  }

  /** A leg that may pass the payer's floor. */
  static Leg overdraft(AccountRef from, AccountRef to, long amount) {
    return new Leg(from, to, Amount.of(amount), LotRule.AUTOMATIC, true);
  }
}
