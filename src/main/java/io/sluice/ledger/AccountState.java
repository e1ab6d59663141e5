package io.sluice.ledger;

import java.math.BigInteger;
import java.util.Optional;

/** An account as a batch sees it: locked in the database, changed in memory, written back once. */
public final class AccountState {
  private final AccountId id;
  private final AccountKind kind;
  private final HolderStatus status;
  private final Amount floor;
  private Amount balance;
  private Amount overdrawn;
  private long sequence;
  private boolean touched;

  /**
   * An account as it was read.
   *
   * @param floor empty for a system account, which has none
   */
  public AccountState(
      AccountId id,
      AccountKind kind,
      HolderStatus status,
      Optional<Amount> floor,
      Amount balance,
      Amount overdrawn,
      long sequence) {
    this.id = id;
    this.kind = kind;
    this.status = status;
    this.floor = floor.orElse(null);
    this.balance = balance;
    this.overdrawn = overdrawn;
    this.sequence = sequence;
    if (floor.isEmpty() != (kind == AccountKind.SYSTEM)) {
      throw new IllegalStateException(
          "account " + id.value() + " has a floor that its kind forbids");
    }
  }

  public AccountId id() {
    return id;
  }

  public AccountKind kind() {
    return kind;
  }

  public HolderStatus status() {
    return status;
  }

  public Amount balance() {
    return balance;
  }

  public Amount overdrawn() {
    return overdrawn;
  }

  /** The sequence number of the account's latest posting; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Whether a posting was made in this batch. */
  public boolean touched() {
    return touched;
  }

  /** What a debit may take by the account's balance alone; a system account can always pay. */
  Amount spendable() {
    return floor == null ? Amount.MAX : balance.minus(floor);
  }

  /**
   * Whether the balance stays within a limit, of either sign, when a number is added to it. A
   * system account sums up what many holders have, so only the range of amounts itself limits it.
   */
  boolean staysWithin(Amount limit, BigInteger change) {
    Amount bound = kind == AccountKind.SYSTEM ? Amount.MAX : limit;
    return balance.units().add(change).abs().compareTo(bound.units()) <= 0;
  }

  /** Makes a posting. The caller has made sure that the balance may change so. */
  Posting post(Amount change) {
    balance = balance.plus(change);
    sequence++;
    touched = true;
    return new Posting(id, sequence, change, balance);
  }

  /** Notes how far a permitted overdraft has passed the floor. */
  void overdraw(Amount more) {
    overdrawn = overdrawn.plus(more);
  }

  /** Uses a credit to pay an overdraft back; returns the part that was needed for it. */
  Amount repay(Amount credit) {
    Amount repaid = overdrawn.min(credit);
    overdrawn = overdrawn.minus(repaid);
    return repaid;
  }

  /** What holds at every moment between two commands; the database checks the same on write. */
  void assertWhole() {
    boolean floorHolds = floor == null || !balance.plus(overdrawn).isLessThan(floor);
    if (!floorHolds || overdrawn.isNegative()) {
      throw new IllegalStateException("account " + id.value() + " would pass its floor");
    }
  }
}
