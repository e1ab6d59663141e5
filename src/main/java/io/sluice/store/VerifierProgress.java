package io.sluice.store;

import io.sluice.store.Verifier.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** How far a verification has come, told to one consumer by the threads that do it, in turn. */
final class VerifierProgress {
  private static final int ALL = 1_000;

  private final Consumer<Progress> consumer;
  private final long start = System.nanoTime();
  private Duration began = Duration.ZERO;
  private int steps;
  private long cost;
  private int begun;
  private long costEnded;

  VerifierProgress(Consumer<Progress> consumer) {
    this.consumer = consumer;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * All that is to be done next is known, and is begun now.
   *
   * @param newSteps how many steps there are to be; 0 if they do not count as such
   * @param newCost what {@link #end} will be told in all
   */
  synchronized void expect(int newSteps, long newCost) {
    began = elapsed();
    steps = newSteps;
    cost = newCost;
    costEnded = 0;
    begun = 0;
  }

  /** More of it turns out to be to do. */
  synchronized void add(int moreSteps, long moreCost) {
    steps += moreSteps;
    cost += moreCost;
  }

  synchronized void begin(int tenant, String what, long rows) {
    begun = Math.min(begun + 1, steps);
    int permille = cost == 0 ? 0 : (int) (costEnded * ALL / cost);
    consumer.accept(
        new Progress(begun, steps, tenant, what, rows, elapsed(), permille, left(permille)));
  }

  synchronized void end(long itsCost) {
    costEnded += itsCost;
  }

  private Optional<Duration> left(int permille) {
    if (permille == 0) {
      return Optional.empty();
    }
    Duration spent = elapsed().minus(began);
    return Optional.of(spent.multipliedBy(ALL - permille).dividedBy(permille));
  }
}
