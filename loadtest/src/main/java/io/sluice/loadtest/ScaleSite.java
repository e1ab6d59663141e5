package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.pipeline.ServingPipeline;
import io.sluice.store.Verifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tenants on a cluster, as many on each worker, the pipeline that serves them, and what it costs.
 */
final class ScaleSite {
  private static final int IDLE_SECONDS = 4;
  private static final long DRAIN_MS = TimeUnit.SECONDS.toMillis(5);

  private final Cluster cluster;
  private final Vertx vertx;
  private final Ids ids;
  private final ServingPipeline pipeline;
  private final List<TenantId> tenants;
  private final List<List<AccountRef>> accounts = new ArrayList<>();
  private final Series perSecond = new Series();
  private final Series nodes = new Series();
  private final Series coordinator = new Series();
  private final Series own = new Series();
  private final Series all = new Series();
  private double idleMicros;
  private long errors;

  /**
   * Makes tenants and connects the pipeline.
   *
   * @param tenantsEach on each worker
   * @param accountsEach of each tenant
   */
  ScaleSite(Cluster cluster, Vertx vertx, Ids ids, int tenantsEach, int accountsEach)
      throws SQLException {
    this.cluster = cluster;
    this.vertx = vertx;
    this.ids = ids;
    this.tenants = spread(cluster, tenantsEach);
    var maker = new PipelineAccounts(cluster.database());
    for (TenantId tenant : tenants) {
      accounts.add(maker.add(tenant, accountsEach));
    }
    this.pipeline =
        cluster.workers() == 0
            ? LocalPipeline.start(vertx, cluster.database(), ids)
            : LocalNodePipelines.start(vertx, cluster.database(), ids);
  }

  /** As many tenants on each worker, in the order of their numbers. */
  static List<TenantId> spread(Cluster cluster, int each) throws SQLException {
    int[] on = new int[Math.max(1, cluster.workers())];
    var found = new ArrayList<TenantId>();
    for (int id = 1; found.size() < each * on.length; id++) {
      int worker = cluster.workerOf(id);
      if (on[worker] < each) {
        on[worker]++;
        found.add(new TenantId(id));
      }
    }
    return found;
  }

  int workers() {
    return cluster.workers();
  }

  String name() {
    return switch (workers()) {
      case 0 -> "one PostgreSQL";
      case 1 -> "1 worker";
      default -> workers() + " workers";
    };
  }

  /**
   * Loads every tenant at the same time.
   *
   * @param inFlight commands of each tenant
   */
  Load load(int inFlight, int seconds) {
    var loads = new ArrayList<Future<Load>>();
    for (int i = 0; i < tenants.size(); i++) {
      var load = new PipelineLoad(pipeline, tenants.get(i), accounts.get(i), ids, Workload.UNIFORM);
      loads.add(load.run(vertx, inFlight, 0, seconds));
    }
    return loads.stream().map(Awaiting::result).reduce(Load::beside).orElseThrow();
  }

  /** Writes out what has changed, then looks at what all nodes take when nobody asks them. */
  void settle() throws SQLException, InterruptedException {
    cluster.checkpoint();
    long before = cluster.micros();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    idleMicros = (cluster.micros() - before) / (double) IDLE_SECONDS;
  }

  /** Loads it, says and keeps what that cost. */
  void sample(int inFlight, int seconds) {
    long nodesBefore = cluster.micros();
    long coordinatorBefore = cluster.coordinatorMicros();
    long ownBefore = ownMicros();
    Load load = load(inFlight, seconds);
    double transfers = Math.max(1, load.transfers());
    double nodesEach = (cluster.micros() - nodesBefore) / transfers;
    double ownEach = (ownMicros() - ownBefore) / transfers;
    perSecond.add(load.perSecond());
    nodes.add(nodesEach);
    coordinator.add((cluster.coordinatorMicros() - coordinatorBefore) / transfers);
    own.add(ownEach);
    all.add(nodesEach + ownEach);
    errors += load.errors();
    System.out.printf(Locale.ROOT, "%-15s %.1f µs, %s%n", name(), nodesEach + ownEach, load);
  }

  private static long ownMicros() {
    return ProcessorTime.of(ProcessHandle.current().pid());
  }

  /** What a transfer costs in all, in microseconds of processor time. */
  Series micros() {
    return all;
  }

  /** A row of the table that {@link Scale} heads. */
  String row(ScaleSite one) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.2f | %.1f | %.1f | %s | %,.0f |",
        name(),
        perSecond.median(),
        nodes.median(),
        coordinator.median(),
        own.median(),
        all.median(),
        one.all.over(all).text("%.2f"),
        idleMicros);
  }

  /** Ends the pipeline. Whether no transfer failed and the books are whole. */
  boolean conclude() {
    Awaiting.result(pipeline.close(DRAIN_MS));
    boolean whole = Verifier.run(cluster.database(), progress -> {}).findings().isEmpty();
    System.out.printf(
        "%s: %d errors, the books are %s%n", name(), errors, whole ? "whole" : "NOT whole");
    return whole && errors == 0;
  }
}
