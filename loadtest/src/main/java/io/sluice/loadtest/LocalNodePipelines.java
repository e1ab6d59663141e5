package io.sluice.loadtest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Ids;
import io.sluice.pipeline.BatchTracer;
import io.sluice.pipeline.NodePipelines;
import io.sluice.pipeline.PipelineParts;
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.TenantNodes;
import io.sluice.store.seal.Commits;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;

/** The pipelines to the nodes of a cluster, in this JVM and without a gateway. */
final class LocalNodePipelines {
  /**
   * Nodes that share the processors of one machine are each slower than one that has its own, and
   * nothing is to be turned away for that.
   */
  private static final PipelineSettings PATIENT =
      PipelineSettings.SECTION.of(Map.of("pipeline.maxWaitMs", "5000"));

  private LocalNodePipelines() {}

  /** Starts them on a cluster of Citus that has the schema. */
  static NodePipelines start(Vertx vertx, Database database, Ids ids) {
    var connector = new Connector(vertx, database);
    Pools pools = Pools.open(connector, new SimpleMeterRegistry());
    var pipelines = new NodePipelines(parts(vertx, pools, ids), connector, new TenantNodes(pools));
    Awaiting.result(pipelines.start());
    return pipelines;
  }

  private static PipelineParts parts(Vertx vertx, Pools pools, Ids ids) {
    return new PipelineParts(
        vertx,
        PATIENT,
        new PgTransferStore(pools),
        Clock.systemUTC(),
        ids,
        new SimpleMeterRegistry(),
        BatchTracer.NONE,
        new Commits());
  }
}
