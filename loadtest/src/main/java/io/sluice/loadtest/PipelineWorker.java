package io.sluice.loadtest;

import io.sluice.config.DatabaseLimits;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
import io.sluice.store.Migrations;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * Loads the pipeline of one build in a process of its own, so that two builds can be measured in
 * turn. It says {@code ready}, reads lines such as {@code uniform 6} (a workload and seconds), and
 * answers each with one: {@code load}, transfers a second, p50 and p99 in microseconds, processor
 * microseconds of this process in all, and errors. It ends when its input does.
 *
 * <p>The comparison of two builds compiles it with the classes of each, and those of a build from
 * before it existed too: it keeps to what changes seldom.
 */
public final class PipelineWorker {
  private static final TenantId TENANT = new TenantId(1_000_000);
  private static final int IN_FLIGHT = 512;
  private static final long NANOS_A_MICRO = 1_000;

  private PipelineWorker() {}

  /** Arguments: the database's URL, and how many accounts to make. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      serve(vertx, args);
    } finally {
      // Its threads keep the process alive, and whoever waits for an answer would wait for ever.
      Awaiting.result(vertx.close());
    }
    System.exit(0);
  }

  private static void serve(Vertx vertx, String[] args) throws Exception {
    Database database = DatabaseAddress.fromUrl(args[0], DatabaseLimits.DEFAULTS);
    new Migrations(database).migrate();
    Ids ids = new TimeOrderedIds(Clock.systemUTC());
    LanePipeline pipeline = LocalPipeline.start(vertx, database, ids);
    List<AccountRef> accounts =
        new PipelineAccounts(database).create(TENANT, Integer.parseInt(args[1]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    say("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      var load = new PipelineLoad(pipeline, TENANT, accounts, ids, Workload.of(words[0]));
      long before = micros();
      Load done = Awaiting.result(load.run(vertx, IN_FLIGHT, 0, Integer.parseInt(words[1])));
      say(
          String.format(
              Locale.ROOT,
              "load %.1f %d %d %d %d",
              done.perSecond(),
              done.p50Micros(),
              done.p99Micros(),
              micros() - before,
              done.errors()));
    }
  }

  private static long micros() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / NANOS_A_MICRO;
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
