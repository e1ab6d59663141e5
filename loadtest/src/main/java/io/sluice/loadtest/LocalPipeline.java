package io.sluice.loadtest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Ids;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Database;
import io.sluice.store.PgTransferStore;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The pipeline as the gateway has it, in this JVM and without a gateway. */
final class LocalPipeline {
  private LocalPipeline() {}

  /** Starts one on a database that has the schema. */
  static LanePipeline start(Vertx vertx, Database database, Ids ids) {
    var pipeline =
        new LanePipeline(
            vertx,
            database,
            PipelineSettings.SECTION.defaults(),
            new PgTransferStore(database.pool(vertx)),
            Clock.systemUTC(),
            ids,
            new SimpleMeterRegistry());
    Awaiting.result(pipeline.start());
    return pipeline;
  }
}
