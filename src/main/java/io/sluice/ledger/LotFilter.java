package io.sluice.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which lots of an account a command may take. All conditions must hold.
 *
 * @param lots only these; empty for any
 * @param from only such as came into being at this time or later
 * @param to only such as came into being at this time or earlier
 * @param reference only such as are marked so
 * @param state in which state they have to be
 */
public record LotFilter(
    Set<LotId> lots,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> reference,
    State state) {
  /** Every lot that can be spent where it is. */
  public static final LotFilter ANY =
      new LotFilter(
          Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), State.SPENDABLE);

  public LotFilter {
    lots = Set.copyOf(lots);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(reference);
    if (state.isDue() && lots.isEmpty()) {
      throw new IllegalArgumentException("what is due is named");
    }
  }

  /** Lots that have become due, as far as they still are. */
  public static LotFilter due(Set<LotId> lots, State state) {
    return new LotFilter(lots, Optional.empty(), Optional.empty(), Optional.empty(), state);
  }

  /** In which state lots have to be. */
  public enum State {
    /** Not expired; what is held does not expire. */
    SPENDABLE,
    /** The same, and come by a credit, not by being held. */
    CREDITED,
    /** Deferred until now, and not expired. */
    MATURED,
    /** Expired where it is. */
    EXPIRED;

    /** Whether lots come to be so in the course of time, by themselves. */
    boolean isDue() {
      return this == MATURED || this == EXPIRED;
    }
  }

  /** Whether it must not be that a named lot is not on the account: it could have left since. */
  boolean insists() {
    return !state.isDue();
  }

  /** Whether lots are found by their ids, and not by walking through those of the account. */
  boolean isById() {
    return !lots.isEmpty();
  }

  boolean takes(LotState lot, Instant expiryAt, Instant now) {
    return lot.remaining().isPositive()
        && lot.status() == LotStatus.ACTIVE
        && (lots.isEmpty() || lots.contains(lot.id()))
        && from.map(time -> !lot.createdAt().isBefore(time)).orElse(true)
        && to.map(time -> !lot.createdAt().isAfter(time)).orElse(true)
        && (reference.isEmpty() || reference.equals(lot.marks().reference()))
        && isInState(lot, expiryAt, now);
  }

  private boolean isInState(LotState lot, Instant expiryAt, Instant now) {
    boolean expired = lot.isExpiredAt(expiryAt);
    return switch (state) {
      case SPENDABLE -> !expired;
      case CREDITED -> !expired && !lot.marks().byHold();
      case MATURED ->
          !expired && lot.marks().maturesAt().map(time -> !time.isAfter(now)).orElse(false);
      case EXPIRED -> expired;
    };
  }
}
