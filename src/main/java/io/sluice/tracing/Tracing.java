package io.sluice.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.TracingSettings;
import io.sluice.gateway.CallTracer;
import io.sluice.pipeline.BatchTracer;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;

/** What follows calls and batches, or nothing at all. */
public interface Tracing {
  /** Follows nothing, and costs nothing. */
  Tracing OFF =
      new Tracing() {
        @Override
        public CallTracer calls() {
          return CallTracer.NONE;
        }

        @Override
        public BatchTracer batches() {
          return BatchTracer.NONE;
        }

        @Override
        public TransferPipeline following(TransferPipeline pipeline) {
          return pipeline;
        }

        @Override
        public Future<Void> stop(long timeoutMs) {
          return Future.succeededFuture();
        }
      };

  /**
   * What a configuration asks for.
   *
   * @param scheme of the port whose calls are followed
   * @param version of this build
   */
  static Tracing of(
      TracingSettings settings, String scheme, String version, MeterRegistry registry) {
    return settings.endpoint().isEmpty()
        ? OFF
        : OpenTelemetry.start(settings, scheme, version, registry);
  }

  /** Follows the calls of a gateway. */
  CallTracer calls();

  /** Follows the batches of a pipeline. */
  BatchTracer batches();

  /** The same pipeline, which also tells what commands belong to which call. */
  TransferPipeline following(TransferPipeline pipeline);

  /**
   * Sends what waits, and nothing more.
   *
   * @param timeoutMs after which the rest is given up; the future succeeds in any case
   */
  Future<Void> stop(long timeoutMs);
}
