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
  private Amount inLots;
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
    this.inLots = kind == AccountKind.LOT ? balance.plus(overdrawn) : Amount.ZERO;
    this.sequence = sequence;
    require(floor.isEmpty() == (kind == AccountKind.SYSTEM), "has a floor that its kind forbids");
    require(sequence >= 0, "has a negative sequence number");
    assertWhole();
  }

  private void require(boolean holds, String broken) {
    Defect.unless(holds, "account", id.value(), broken);
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

  /**
   * What a debit may take by the account's balance alone. Not for a system account, which has no
   * floor and can always pay.
   */
  Amount spendable() {
    if (floor.isZero()) {
      return balance;
    }
    // Nobody pays more than the largest amount there is.
    BigInteger room = balance.units().subtract(floor.units());
    return new Amount(room.min(Amount.MAX.units()));
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
    require(!change.isZero(), "would be posted nothing");
    balance = balance.plus(change);
    sequence++;
    touched = true;
    return new Posting(id, sequence, change, balance);
  }

  /** Notes that a lot on this account, if it tracks lots, changed or came or went. */
  void changeLots(Amount change) {
    inLots = inLots.plus(change);
  }

  /** Notes how far a permitted overdraft has passed the floor. */
  void overdraw(Amount more) {
    require(!more.isNegative(), "would be overdrawn by less than nothing");
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
    Amount paid = balance.plus(overdrawn);
    require(!overdrawn.isNegative(), "is overdrawn by less than nothing");
    require(floor == null || !paid.isLessThan(floor), "would pass its floor");
    require(kind != AccountKind.LOT || inLots.equals(paid), "is not the sum of its lots");
  }
}
