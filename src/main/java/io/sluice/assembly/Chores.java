package io.sluice.assembly;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Chore.Round;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the dialects' chores, each in rounds of its own, until it is told to stop. */
final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final Vertx vertx;
  private final List<Task> all;
  private volatile boolean stopped;

  /** A chore and what its last round that did not fail has found. */
  private record Task(Chore chore, AtomicReference<Round> last) {}

  Chores(Vertx vertx, List<Chore> all, MeterRegistry registry) {
    this.vertx = vertx;
    this.all =
        all.stream().map(chore -> new Task(chore, new AtomicReference<>(Round.IDLE))).toList();
    this.all.forEach(task -> register(task, registry));
  }

  private static void register(Task task, MeterRegistry registry) {
    gauge(task, "sluice.chore.due", "What the last round of a chore found to do", Round::due)
        .register(registry);
    gauge(
            task,
            "sluice.chore.lag",
            "How long ago the first of what the last round of a chore found should have been done",
            round -> round.lag().toNanos() / (double) TimeUnit.SECONDS.toNanos(1))
        .baseUnit("seconds")
        .register(registry);
  }

  private static Gauge.Builder<?> gauge(
      Task task, String name, String description, ToDoubleFunction<Round> value) {
    return Gauge.builder(name, task.last(), last -> value.applyAsDouble(last.get()))
        .description(description)
        .tag("chore", task.chore().name());
  }

  void start() {
    all.forEach(task -> pause(task, task.chore().pause()));
  }

  /** A round that has begun is not waited for: what it has not done, some gateway does later. */
  void stop() {
    stopped = true;
  }

  private void pause(Task task, Duration time) {
    vertx.setTimer(Math.max(1, time.toMillis()), timer -> round(task));
  }

  private void round(Task task) {
    if (stopped) {
      return;
    }
    long started = System.nanoTime();
    Future.succeededFuture()
        .compose(now -> task.chore().work().get())
        .onComplete(
            round -> {
              task.last().set(round);
              var took = Duration.ofNanos(System.nanoTime() - started);
              pause(task, task.chore().pauseAfter(round, took));
            },
            failure -> {
              LOG.warn("{} has failed: {}", task.chore().name(), failure.getMessage());
              pause(task, task.chore().pause());
            });
  }
}
