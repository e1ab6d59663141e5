package io.sluice.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What some lots carry beside their size and their dates. A lot keeps its marks when it moves, as
 * far as the move does not change them, and hands them down to its parts.
 *
 * @param maturesAt when a lot that is {@linkplain Bucket#DEFERRED deferred} becomes spendable
 * @param reference what the lot is marked with, so that commands can select it
 * @param byHold whether the lot has come to where it is by being held, instead of by a credit
 */
public record LotMarks(Optional<Instant> maturesAt, Optional<String> reference, boolean byHold) {
  /** The marks of nearly every lot. */
  public static final LotMarks NONE = new LotMarks(Optional.empty(), Optional.empty(), false);

  public LotMarks {
    Objects.requireNonNull(maturesAt);
    Objects.requireNonNull(reference);
  }

  /** The marks of a lot that is credited. */
  public static LotMarks of(Optional<Instant> maturesAt, Optional<String> reference) {
    return maturesAt.isEmpty() && reference.isEmpty()
        ? NONE
        : new LotMarks(maturesAt, reference, false);
  }

  /** Whether there is anything to be stored. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Those of a part that was taken before the lot was held. */
  LotMarks asCredited() {
    return byHold ? of(maturesAt, Optional.empty()) : this;
  }

  LotMarks stamped(LotRule.Stamp stamp) {
    return switch (stamp) {
      case LotRule.Stamp.Kept kept -> this;
      case LotRule.Stamp.Held(Optional<String> given) ->
          new LotMarks(maturesAt, given.or(() -> reference), true);
      case LotRule.Stamp.Cleared cleared -> of(maturesAt, Optional.empty());
    };
  }
}
