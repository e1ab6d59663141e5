package io.sluice.operations;

import io.micrometer.core.instrument.Gauge;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Operations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the meters again and again, and tells pages of the console what it sees. */
final class ConsoleLive {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleLive.class);

  private static final long INTERVAL_MS = 2_000;

  private static final String EVENTS = "text/event-stream";

  private final ConsoleStreams streams = new ConsoleStreams();
  private final Vertx vertx;
  private final long timer;

  private ConsoleLive(Vertx vertx, Metrics metrics, Clock clock) {
    this.vertx = vertx;
    Gauge.builder("sluice.console.streams", streams, ConsoleStreams::open)
        .description("Pages of the console that are told what the gateway does")
        .register(metrics.registry());
    var measures = new Measures(metrics.registry(), clock.instant());
    timer =
        vertx.setPeriodic(
            INTERVAL_MS,
            tick ->
                vertx
                    .executeBlocking(() -> measures.since(clock.instant()))
                    .onSuccess(streams::tell)
                    .onFailure(failure -> LOG.error("the meters cannot be looked at", failure)));
  }

  /** Begins to look. */
  static ConsoleLive start(Vertx vertx, Metrics metrics, Clock clock) {
    return new ConsoleLive(vertx, metrics, clock);
  }

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .get("watch", "/console/measures", (caller, call) -> watch());
  }

  private Future<Answer> watch() {
    return streams
        .join()
        .map(pieces -> Future.succeededFuture(Answer.of(200, EVENTS, pieces)))
        .orElseGet(() -> Future.failedFuture(AdminErrors.crowded()));
  }

  /** Looks no more, and ends all streams. */
  void end() {
    vertx.cancelTimer(timer);
    streams.end();
  }
}
