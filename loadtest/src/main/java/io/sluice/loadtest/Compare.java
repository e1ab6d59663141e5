package io.sluice.loadtest;

import io.sluice.store.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the product against hand-written SQL, everything in turn, and reports the ratios. */
public final class Compare {
  private static final int WARM_CONNECTIONS = 256;

  /** Enough to keep it busy, and few enough that a cold gateway gets through with many legs. */
  private static final int WARM_SCRIP = 16;

  private Compare() {}

  /**
   * Arguments as in {@link Settings}. Ends with 1 when a request failed or the books are not whole.
   */
  public static void main(String[] args) throws Exception {
    Settings settings = Settings.of(args);
    boolean clean;
    try (var cleanup = new Cleanup()) {
      Path directory = cleanup.directory("sluice-compare");
      Machine machine = Machine.watch(directory);
      System.out.println(machine);
      Server server = cleanup.add(Server.start(settings.postgresql(), directory));
      System.out.println(serverName(server));
      clean =
          settings.before().isPresent()
              ? CompareBuilds.run(settings, settings.before().get(), server, directory, cleanup)
              : compare(settings, server, directory, machine, cleanup);
      System.out.println(machine);
    }
    System.exit(clean ? 0 : 1);
  }

  private static boolean compare(
      Settings settings, Server server, Path directory, Machine machine, Cleanup cleanup)
      throws Exception {
    var rig = new Rig(settings, server, directory, cleanup);
    warmUp(rig, settings);
    var log = new WriteAheadLog(server);
    log.age();
    var measurements = new Measurements(rig, settings.seconds());
    for (int round = 1; round <= settings.rounds(); round++) {
      log.checkpoint();
      System.out.printf(
          "round %d of %d, %d WAL segments ahead%n", round, settings.rounds(), log.ahead());
      measurements.round(settings.brief());
      System.out.println("  WAL segments still ahead: " + log.ahead());
    }
    Files.createDirectories(settings.out());
    new Report(measurements, settings, serverName(server), machine).write();
    boolean clean = booksAreWhole(rig) && measurements.errors() == 0;
    Goals.of(measurements).forEach(goal -> System.out.println(goal.line()));
    return clean;
  }

  private static void warmUp(Rig rig, Settings settings) {
    int seconds = settings.warmUpSeconds();
    System.out.println("warming up");
    rig.pipeline(Workload.UNIFORM, 2 * WARM_CONNECTIONS, 0, seconds);
    for (Target target :
        new Target[] {rig.product().target(), rig.unbatched().target(), rig.function()}) {
      System.out.println("  " + target + ": " + warm(rig, target, seconds));
    }
    System.out.println("  bulk: " + rig.bulk(Workload.UNIFORM, 0, seconds));
    for (int recipients : settings.brief() ? List.<Integer>of() : Fairness.RECIPIENTS) {
      Load load = rig.http(Requests.scrip(rig.scrip(), recipients), WARM_SCRIP, 0, 0, seconds / 2);
      System.out.println("  Scrip, " + recipients + " recipients: " + load);
    }
  }

  private static Load warm(Rig rig, Target target, int seconds) {
    return rig.http(target, Workload.UNIFORM, WARM_CONNECTIONS, 0, 1, seconds);
  }

  private static String serverName(Server server) throws SQLException {
    return "PostgreSQL " + server.show("server_version") + ", " + server.origin();
  }

  private static boolean booksAreWhole(Rig rig) {
    long started = System.nanoTime();
    var report = Verifier.run(rig.productDatabase(), progress -> {});
    System.out.printf(
        "verify after the load, %d s: %s%n",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started), report);
    return report.isWhole();
  }
}
