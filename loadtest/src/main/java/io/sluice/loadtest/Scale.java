package io.sluice.loadtest;

import io.sluice.ledger.Ids;
import io.sluice.ledger.TimeOrderedIds;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what a transfer costs in processor time on clusters with more and more workers, each of
 * which has as many tenants and as many commands in flight as every other.
 */
public final class Scale {
  private static final String USAGE =
      "options: --workers=3 (1 to 8) --rounds=3 (1 to 20) --seconds=6 (1 to 60) --warm-up=10 (1 to"
          + " 120) --tenants=8 (1 to 100) --in-flight=256 (1 to 1024) --accounts=500 (2 to 100000)"
          + " --postgresql=DIRECTORY (the default is the installed one)";

  /** Of what one worker makes for the same processor time. */
  private static final double LEAST = 0.85;

  private Scale() {}

  /** Ends with 1 when a transfer failed or books are not whole. */
  public static void main(String[] args) throws Exception {
    var options = new Options(args, USAGE);
    int workers = options.number("workers", 3, 1, 8);
    int rounds = options.number("rounds", 3, 1, 20);
    int seconds = options.number("seconds", 6, 1, 60);
    int warmUp = options.number("warm-up", 10, 1, 120);
    int tenants = options.number("tenants", 8, 1, 100);
    int inFlight = Math.max(1, options.number("in-flight", 256, 1, 1024) / tenants);
    int accounts = options.number("accounts", 500, 2, 100_000);
    Path programs = InstalledServer.programs(options.text("postgresql"));
    options.end();
    boolean clean = true;
    try (var cleanup = new Cleanup()) {
      Vertx vertx = Vertx.vertx();
      Ids ids = new TimeOrderedIds(Clock.systemUTC());
      var sites = new ArrayList<ScaleSite>();
      for (int i = 0; i <= workers; i++) {
        System.out.println("setting up: " + i + " workers");
        sites.add(
            new ScaleSite(Cluster.start(cleanup, programs, i), vertx, ids, tenants, accounts));
      }
      cleanup.add(() -> Awaiting.result(vertx.close()));
      for (ScaleSite site : sites) {
        site.load(inFlight, warmUp);
        site.settle();
      }
      for (int round = 0; round < rounds; round++) {
        sites.forEach(site -> site.sample(inFlight, seconds));
      }
      for (ScaleSite site : sites) {
        clean &= site.conclude();
      }
      report(sites);
    }
    System.exit(clean ? 0 : 1);
  }

  private static void report(List<ScaleSite> sites) {
    ScaleSite one = sites.get(1);
    System.out.println();
    System.out.println(
        "| | transfers/s | nodes, µs | the coordinator of it | pipeline, µs | in all, µs"
            + " | of linear | idle nodes, µs/s |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    sites.forEach(site -> System.out.println(site.row(one)));
    for (ScaleSite site : sites.subList(2, sites.size())) {
      Series linear = one.micros().over(site.micros());
      System.out.println(
          Goal.atLeast("linear-" + site.workers(), site.name(), linear, LEAST, 1).line());
    }
  }
}
