package io.sluice.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A lot as a batch sees it: read under its account's lock, changed in memory, written back once.
 */
public final class LotState {
  /** First in, first out, and of those that came together in the order of their ids. */
  static final Comparator<LotState> FIFO =
      Comparator.comparing(LotState::createdAt).thenComparing(LotState::id);

  private final LotId id;
  private final Amount amount;
  private final Instant createdAt;
  private final Optional<Instant> expiresAt;
  private final Optional<Issue> issue;
  private final Optional<LotId> parent;
  private final boolean isNew;
  private AccountId account;
  private LotMarks marks;
  private Amount remaining;
  private LotStatus status;
  private Optional<LotRule.Children> children = Optional.empty();
  private Optional<Delivery> delivery;
  private Optional<Retirement> retirement = Optional.empty();
  private boolean changed;
  private boolean marked;

  /** What a lot of a registered issue carries, and hands down to its children. */
  public record Issue(
      HolderId issuer, UUID register, UUID origin, long serialFrom, LocalDate producedOn) {
    /** What is left when so many units have gone to another lot. */
    Issue after(Amount units) {
      long next = Math.addExact(serialFrom, units.units().longValueExact());
      return new Issue(issuer, register, origin, next, producedOn);
    }
  }

  /** The latest transfer that delivered a lot, and under which order. Children have it, too. */
  public record Delivery(TransferId by, HolderId order) {}

  /** The transfer that used a lot up, and for whom. */
  public record Retirement(TransferId by, HolderId beneficiary) {}

  private LotState(Builder from, boolean isNew) {
    this.id = from.id;
    this.account = from.account;
    this.amount = from.amount;
    this.remaining = from.remaining;
    this.status = from.status;
    this.createdAt = from.createdAt;
    this.expiresAt = from.expiresAt;
    this.issue = from.issue;
    this.parent = from.parent;
    this.delivery = from.delivery;
    this.marks = from.marks;
    this.isNew = isNew;
    require(amount.isPositive() && !remaining.isMoreThan(amount), "holds more than it may");
    require(!remaining.isNegative(), "holds less than nothing");
    require(status == LotStatus.ACTIVE || remaining.isZero(), "is out of use but not empty");
  }

  private void require(boolean holds, String broken) {
    Defect.unless(holds, "lot", id.value(), broken);
  }

  /** The columns of a lot, by name, since many have the same type. */
  public static final class Builder {
    private LotId id;
    private AccountId account;
    private Amount amount;
    private Amount remaining;
    private LotStatus status = LotStatus.ACTIVE;
    private Instant createdAt;
    private Optional<Instant> expiresAt = Optional.empty();
    private Optional<Issue> issue = Optional.empty();
    private Optional<LotId> parent = Optional.empty();
    private Optional<Delivery> delivery = Optional.empty();
    private LotMarks marks;

    public Builder(LotId id, AccountId account) {
      this.id = id;
      this.account = account;
    }

    public Builder amount(Amount value) {
      this.amount = value;
      this.remaining = value;
      return this;
    }

    public Builder remaining(Amount value) {
      this.remaining = value;
      return this;
    }

    public Builder status(LotStatus value) {
      this.status = value;
      return this;
    }

    public Builder createdAt(Instant value) {
      this.createdAt = value;
      return this;
    }

    public Builder expiresAt(Optional<Instant> value) {
      this.expiresAt = value;
      return this;
    }

    public Builder issue(Optional<Issue> value) {
      this.issue = value;
      return this;
    }

    public Builder parent(Optional<LotId> value) {
      this.parent = value;
      return this;
    }

    /** Where they are not told, they were not read, and nothing may depend on them. */
    public Builder marks(LotMarks value) {
      this.marks = value;
      return this;
    }

    public Builder delivery(Optional<Delivery> value) {
      this.delivery = value;
      return this;
    }

    /** A lot that is in the database already. */
    public LotState stored() {
      return new LotState(this, false);
    }

    LotState fresh() {
      return new LotState(this, true);
    }
  }

  public LotId id() {
    return id;
  }

  public AccountId account() {
    return account;
  }

  public Amount amount() {
    return amount;
  }

  public Amount remaining() {
    return remaining;
  }

  public LotStatus status() {
    return status;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  public Optional<Issue> issue() {
    return issue;
  }

  /** The lot that it is a child or a part of; of a part of a part, the first of them. */
  public Optional<LotId> parent() {
    return parent;
  }

  /** Whether it was read with its marks. */
  boolean hasMarks() {
    return marks != null;
  }

  /** What it carries beside its dates; only of a lot that was read with them. */
  public LotMarks marks() {
    require(marks != null, "was read without its marks");
    return marks;
  }

  /** Whether this batch moved it with its marks, which may be others now. */
  public boolean isMarked() {
    return marked;
  }

  /**
   * When it changes by itself while it is in a bucket: matures, or expires, which what is held does
   * not.
   */
  public Optional<Instant> dueAt(Bucket bucket) {
    return switch (bucket) {
      case HELD -> Optional.empty();
      case AVAILABLE -> expiresAt;
      case DEFERRED ->
          Stream.of(expiresAt, marks().maturesAt())
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder());
    };
  }

  public Optional<LotRule.Children> children() {
    return children;
  }

  public Optional<Delivery> delivery() {
    return delivery;
  }

  public Optional<Retirement> retirement() {
    return retirement;
  }

  /** Whether this batch made the lot. */
  public boolean isNew() {
    return isNew;
  }

  /** Whether this batch changed the lot, which includes having made it. */
  public boolean isChanged() {
    return isNew || changed;
  }

  boolean isSpendableAt(Instant now) {
    return remaining.isPositive() && !isExpiredAt(now);
  }

  boolean isExpiredAt(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  void take(Amount part) {
    require(part.isPositive() && !part.isMoreThan(remaining), "cannot give what is taken");
    remaining = remaining.minus(part);
    changed = true;
  }

  /** Gives back what was taken. A lot that was out of use because it expired will do so again. */
  void giveBack(Amount part) {
    require(
        part.isPositive() && !part.isMoreThan(amount.minus(remaining)), "gets what it never had");
    status = LotStatus.ACTIVE;
    remaining = remaining.plus(part);
    changed = true;
  }

  /** Whether it is, or was when it was used up or expired, on an account. */
  boolean isOn(AccountId owner) {
    return account.equals(owner) && (status == LotStatus.ACTIVE || status == LotStatus.EXPIRED);
  }

  void stamp(LotRule.Stamp stamp) {
    marks = marks().stamped(stamp);
    marked = true;
  }

  /** Takes it out of use, now that nothing is left of it. */
  void expire() {
    require(status == LotStatus.ACTIVE && remaining.isZero(), "expires before its value is gone");
    status = LotStatus.EXPIRED;
    changed = true;
  }

  void moveTo(AccountId owner) {
    require(status == LotStatus.ACTIVE, "is out of use");
    account = owner;
    changed = true;
  }

  void deliver(Delivery latest) {
    delivery = Optional.of(latest);
    changed = true;
  }

  void split(LotRule.Children parts) {
    endAs(LotStatus.SPLIT);
    children = Optional.of(parts);
  }

  void retire(Retirement used) {
    endAs(LotStatus.RETIRED);
    retirement = Optional.of(used);
  }

  private void endAs(LotStatus last) {
    require(status == LotStatus.ACTIVE, "is out of use");
    status = last;
    remaining = Amount.ZERO;
    changed = true;
  }
}
