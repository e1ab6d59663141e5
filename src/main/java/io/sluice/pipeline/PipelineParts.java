package io.sluice.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Ids;
import io.sluice.store.TransferStore;
import io.sluice.store.seal.Commits;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * What all pipelines of a process share.
 *
 * @param commits gets what they write
 */
public record PipelineParts(
    Vertx vertx,
    PipelineSettings settings,
    TransferStore transfers,
    Clock clock,
    Ids ids,
    MeterRegistry registry,
    BatchTracer tracer,
    Commits commits) {
  Attempts attempts(PipelineMetrics metrics, Want want, Runnable doubt) {
    return new Attempts(ids, clock, metrics, want, tracer, commits, doubt);
  }
}
