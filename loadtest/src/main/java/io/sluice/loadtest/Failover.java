package io.sluice.loadtest;

import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.NodePipelines;
import io.sluice.store.Verifier;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A worker of a cluster of Citus fails under load and its standby takes its place: what that costs
 * its tenants and those of the other worker, and whether anything is lost or doubled.
 */
public final class Failover {
  private static final String USAGE =
      "options: --tenants=4 (1 to 50, of each worker) --postgresql=DIRECTORY (the default is the"
          + " installed one)";

  private static final int ACCOUNTS = 40;
  private static final long LOAD_S = 6;

  /** Until somebody has noticed. */
  private static final long DOWN_S = 3;

  private static final long BACK_S = 60;
  private static final long POLL_MS = 20;
  private static final int ENOUGH = 50;

  private Failover() {}

  /**
   * Ends with 1 when a transfer is lost or doubled, a tenant stays away, or books are not whole.
   */
  public static void main(String[] args) throws Exception {
    var options = new Options(args, USAGE);
    int tenants = options.number("tenants", 4, 1, 50);
    Path programs = InstalledServer.programs(options.text("postgresql"));
    options.end();
    boolean clean;
    try (var cleanup = new Cleanup()) {
      Vertx vertx = Vertx.vertx();
      Cluster cluster = Cluster.start(cleanup, programs, 2);
      InstalledServer standby = cluster.follow(cleanup);
      cleanup.add(() -> Awaiting.result(vertx.close()));
      clean = measure(vertx, cluster, standby, tenants);
    }
    System.exit(clean ? 0 : 1);
  }

  private static boolean measure(Vertx vertx, Cluster cluster, InstalledServer standby, int tenants)
      throws Exception {
    Ids ids = new TimeOrderedIds(Clock.systemUTC());
    var maker = new PipelineAccounts(cluster.database());
    NodePipelines pipelines = LocalNodePipelines.start(vertx, cluster.database(), ids);
    var failing = new ArrayList<Streams>();
    var others = new ArrayList<Streams>();
    for (TenantId tenant : ScaleSite.spread(cluster, tenants)) {
      var streams = new Streams(vertx, pipelines, tenant, maker.add(tenant, ACCOUNTS), ids);
      (cluster.workerOf(tenant.value()) == 0 ? failing : others).add(streams);
    }
    var all = new ArrayList<>(failing);
    all.addAll(others);
    all.forEach(Streams::start);
    TimeUnit.SECONDS.sleep(LOAD_S);
    all.forEach(Streams::watch);
    cluster.crash();
    TimeUnit.SECONDS.sleep(DOWN_S);
    long before = System.nanoTime();
    cluster.replaceBy(standby);
    System.out.println("replaced in " + millisSince(before) + " ms");
    boolean back = awaitMore(all);
    System.out.println("all tenants served again after " + millisSince(before) + " ms");
    all.forEach(Streams::stop);
    Awaiting.result(pipelines.close(TimeUnit.SECONDS.toMillis(5)));
    return report(cluster, failing, others) && back;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** Whether each has carried out some more before it is too late. */
  private static boolean awaitMore(List<Streams> all) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_S);
    List<Long> wanted = all.stream().map(each -> each.done() + ENOUGH).toList();
    for (int i = 0; i < all.size(); i++) {
      while (all.get(i).done() < wanted.get(i)) {
        if (System.nanoTime() > limit) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
    return true;
  }

  private static boolean report(Cluster cluster, List<Streams> failing, List<Streams> others)
      throws Exception {
    long lost = 0;
    long doubled = 0;
    var all = new ArrayList<>(failing);
    all.addAll(others);
    for (Streams each : all) {
      long stored = cluster.transfers(each.tenant().value(), Streams.KIND);
      lost += Math.max(0, each.done() - stored);
      doubled += Math.max(0, stored - each.done());
    }
    boolean whole = Verifier.run(cluster.database(), progress -> {}).findings().isEmpty();
    System.out.println("the books are " + (whole ? "whole" : "NOT whole"));
    say("of the worker that failed", failing);
    say("of the other one", others);
    System.out.printf("lost %d ≤0 %s%n", lost, lost == 0 ? "YES" : "NO");
    System.out.printf("doubled %d ≤0 %s%n", doubled, doubled == 0 ? "YES" : "NO");
    return whole && lost == 0 && doubled == 0;
  }

  private static void say(String whose, List<Streams> streams) {
    System.out.printf(
        "%s: %d transfers, %d times sent again, for at most %d ms none of a tenant's%n",
        whose,
        streams.stream().mapToLong(Streams::done).sum(),
        streams.stream().mapToLong(Streams::repeated).sum(),
        streams.stream().mapToLong(Streams::gapMs).max().orElse(0));
  }
}
