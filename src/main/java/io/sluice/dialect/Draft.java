package io.sluice.dialect;

import io.sluice.ledger.Check;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An intent in the making: a dialect looks at one thing after another, in the order that its API
 * promises. The first that is known to be amiss dooms the intent; what is said after that counts
 * for nothing, and no leg is ever asked for. Used by one thread.
 */
public final class Draft {
  private static final int USUAL_CHECKS = 5;

  private final List<Check> checks = new ArrayList<>(USUAL_CHECKS);
  private Optional<Refusal> doom = Optional.empty();

  /** A condition that only the transaction that moves the value can tell. */
  public void check(Check check) {
    if (doom.isEmpty()) {
      checks.add(check);
    }
  }

  /**
   * What was found, unchanged; nothing dooms the intent.
   *
   * @param otherwise the dialect's error
   */
  public <T> Optional<T> need(Optional<T> found, Supplier<Answer> otherwise) {
    refuseIf(found.isEmpty(), otherwise);
    return found;
  }

  /** Dooms the intent where something is amiss. */
  public void refuseIf(boolean amiss, Supplier<Answer> answer) {
    if (amiss) {
      refuse(answer);
    }
  }

  /** Dooms the intent. */
  public void refuse(Supplier<Answer> answer) {
    if (doom.isEmpty()) {
      doom = Optional.of(new ErrorAnswer(answer));
    }
  }

  public boolean isDoomed() {
    return doom.isPresent();
  }

  /**
   * The intent.
   *
   * @param legs called unless the intent is doomed
   */
  public Intent intent(Supplier<List<Leg>> legs) {
    return doom.isPresent()
        ? new Intent.Doomed(checks.stream().map(Check::ofHolder).toList(), doom.get())
        : new Intent.Move(checks, legs.get());
  }

  /** The intent of a single leg. */
  public Intent intentOf(Supplier<Leg> leg) {
    return intent(() -> List.of(leg.get()));
  }
}
