package io.sluice.store;

import io.sluice.store.Verifier.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How far a verification has come, told to one consumer by the threads that do it, in turn. */
final class VerifierProgress {
  private static final int ALL = 1_000;

  private final Consumer<Progress> consumer;
  private final long start = System.nanoTime();
  private Duration stepsBegan = Duration.ZERO;
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

  /** The rows of a table are about to be counted. */
  synchronized void counting(String table) {
    tell(0, 0, "counting " + table + " rows", 0);
  }

  /** All that is to be done is known, and is begun now. */
  synchronized void expect(List<VerifierStep> all) {
    stepsBegan = elapsed();
    steps = all.size();
    cost = all.stream().mapToLong(VerifierStep::cost).sum();
  }

  synchronized void begin(VerifierStep step) {
    begun++;
    tell(begun, step.tenant(), step.title(), step.rows());
  }

  synchronized void end(VerifierStep step) {
    costEnded += step.cost();
  }

  private void tell(int step, int tenant, String what, long rows) {
    int permille = cost == 0 ? 0 : (int) (costEnded * ALL / cost);
    consumer.accept(
        new Progress(step, steps, tenant, what, rows, elapsed(), permille, left(permille)));
  }

  private Optional<Duration> left(int permille) {
    if (permille == 0) {
      return Optional.empty();
    }
    Duration spent = elapsed().minus(stepsBegan);
    return Optional.of(spent.multipliedBy(ALL - permille).dividedBy(permille));
  }
}
