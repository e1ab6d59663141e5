package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether this process lives and whether it should be sent requests. Each check has a deadline, and
 * however many ask at once, the checks run once: a database in trouble is not troubled further.
 */
final class Health {
  private static final int WELL = 200;
  private static final int UNWELL = 503;

  private final List<HealthCheck> checks;
  private final long deadlineMs;
  private volatile boolean draining;

  /** What the checks came to last: 1 or 0; not a number as long as there were none. */
  private volatile double latest = Double.NaN;

  /** Used on the management port's one event loop only. */
  private Future<List<Result>> running = Future.succeededFuture(List.of());

  Health(List<HealthCheck> checks, long deadlineMs) {
    this.checks = List.copyOf(checks);
    this.deadlineMs = deadlineMs;
  }

  /** From now on this process is not ready: it finishes what it has and takes nothing new. */
  void drain() {
    draining = true;
  }

  /** Whether this process was ready when that was looked at last, as a gauge tells it. */
  double readiness() {
    return draining ? 0 : latest;
  }

  /** The event loop that answers is alive, or nobody would. */
  Future<Answer> live() {
    return Future.succeededFuture(answer(List.of()));
  }

  Future<Answer> ready() {
    if (draining) {
      return Future.succeededFuture(
          answer(List.of(new Result("draining", false, "this process is shutting down"))));
    }
    if (running.isComplete()) {
      running =
          Future.join(checks.stream().map(this::run).toList())
              .map(results -> results.<Result>list())
              .onSuccess(results -> latest = isWell(results) ? 1 : 0);
    }
    return running.map(Health::answer);
  }

  private Future<Result> run(HealthCheck check) {
    Future<String> probe;
    try {
      probe = check.probe().get();
    } catch (RuntimeException e) {
      probe = Future.failedFuture(e);
    }
    return probe
        .timeout(deadlineMs, TimeUnit.MILLISECONDS)
        .map(detail -> new Result(check.name(), true, detail))
        .otherwise(failure -> new Result(check.name(), false, reason(failure)));
  }

  private String reason(Throwable failure) {
    return switch (failure) {
      case CheckFailed failed -> failed.getMessage();
      case TimeoutException late -> "no answer within " + deadlineMs + " ms";
      default -> StoreException.of(failure).getMessage();
    };
  }

  private static Answer answer(List<Result> results) {
    boolean well = isWell(results);
    JsonWriter json = JsonWriter.object().text("status", status(well)).array("checks");
    for (Result result : results) {
      json.element()
          .text("name", result.name())
          .text("status", status(result.well()))
          .text("detail", result.detail())
          .end();
    }
    return json.toAnswer(well ? WELL : UNWELL).with("Cache-Control", "no-store");
  }

  private static boolean isWell(List<Result> results) {
    return results.stream().allMatch(Result::well);
  }

  private static String status(boolean well) {
    return well ? "up" : "down";
  }

  private record Result(String name, boolean well, String detail) {}
}
