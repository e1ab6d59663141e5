package io.sluice.loadtest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Ids;
import io.sluice.pipeline.BatchTracer;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The pipeline as the gateway has it, in this JVM and without a gateway. */
final class LocalPipeline {
  private LocalPipeline() {}

  /** Starts one on a database that has the schema. */
  static LanePipeline start(Vertx vertx, Database database, Ids ids) {
    var connector = new Connector(vertx, database);
    var pipeline =
        new LanePipeline(
            vertx,
            connector,
            PipelineSettings.SECTION.defaults(),
            new PgTransferStore(Pools.open(connector, new SimpleMeterRegistry())),
            Clock.systemUTC(),
            ids,
            new SimpleMeterRegistry(),
            BatchTracer.NONE);
    Awaiting.result(pipeline.start());
    return pipeline;
  }
}
