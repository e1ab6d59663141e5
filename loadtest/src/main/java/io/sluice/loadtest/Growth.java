package io.sluice.loadtest;

import io.sluice.store.Database;
import io.sluice.store.Verifier;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures how much slower transfers are in large books than in small ones: databases of each size
 * side by side on one server, measured in turn.
 */
public final class Growth {
  private static final double DISK_MARGIN = 1.5;

  /** The same where the books are verified, which sorts them on disk. */
  private static final double VERIFY_DISK_MARGIN = 2;

  private static final long BYTES_A_GIB = 1L << 30;

  private final GrowthSettings settings;
  private final List<GrowthSite> sites = new ArrayList<>();
  private final Map<String, Series> figures = new LinkedHashMap<>();
  private long errors;

  private Growth(GrowthSettings settings) {
    this.settings = settings;
  }

  /**
   * Arguments as in {@link GrowthSettings}. Ends with 1 when a transfer failed or the books are not
   * whole, with 2 when it cannot be done as asked.
   */
  public static void main(String[] args) throws Exception {
    int status;
    try (var cleanup = new Cleanup()) {
      status = new Growth(GrowthSettings.of(args)).run(cleanup) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private boolean run(Cleanup cleanup) throws Exception {
    Path directory = directory(cleanup);
    InstalledServer server = cleanup.add(startServer(directory));
    Vertx vertx = Vertx.vertx();
    cleanup.add(() -> Awaiting.result(vertx.close()));
    say("PostgreSQL " + server.show("server_version") + ", " + server.origin());
    // Filling ends with a vacuum of its own.
    set(server, "autovacuum", "off");
    for (GrowthSettings.Size size : settings.sizes()) {
      sites.add(open(server, size, directory, cleanup, vertx));
    }
    set(server, "autovacuum", "on");
    say("warming up");
    for (GrowthSite site : sites) {
      site.start(settings.warmUpSeconds());
    }
    say("after a checkpoint");
    for (GrowthSite site : sites) {
      GrowthLoader.execute(server.database(), "CHECKPOINT");
      add(
          "pipeline after a checkpoint",
          site,
          site.settle(settings.seconds(), settings.settleSeconds()));
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      say("round " + round + " of " + settings.rounds());
      round(server);
    }
    report();
    return verify() && errors == 0;
  }

  private Path directory(Cleanup cleanup) throws IOException {
    Path directory;
    if (settings.books().isPresent()) {
      directory = Files.createDirectories(settings.books().get());
    } else {
      directory = Files.createTempDirectory("sluice-growth");
      cleanup.add(() -> delete(directory));
    }
    requireDisk(directory);
    return directory;
  }

  private GrowthSite open(
      InstalledServer server,
      GrowthSettings.Size size,
      Path directory,
      Cleanup cleanup,
      Vertx vertx)
      throws Exception {
    say("opening: " + size);
    long begun = System.nanoTime();
    var site = new GrowthSite(size, database(server, size), directory, cleanup, vertx);
    site.open();
    say(
        "  took %d s, takes %.2f GiB, estimated %.2f"
            .formatted(
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                gib(bytes(site)),
                gib(size.bytes())));
    return site;
  }

  /** Its database, made when it is not there. */
  private static Database database(InstalledServer server, GrowthSettings.Size size)
      throws SQLException {
    String name = "growth_%d_%d".formatted(size.accounts(), size.turns());
    String there =
        GrowthLoader.row(
            server.database(), "SELECT count(*) FROM pg_database WHERE datname = '" + name + "'")[
            0];
    return there.equals("0") ? server.create(name) : server.database().withName(name);
  }

  private static void say(Verifier.Progress step) {
    say(
        "  %s, %,d rows, after %d s"
            .formatted(step.what(), step.rows(), step.elapsed().toSeconds()));
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static double gib(long bytes) {
    return (double) bytes / BYTES_A_GIB;
  }

  private static long bytes(GrowthSite site) throws SQLException {
    String[] row = GrowthLoader.row(site.database(), "SELECT pg_database_size(current_database())");
    return Long.parseLong(row[0]);
  }

  private void requireDisk(Path directory) throws IOException {
    if (Files.exists(directory.resolve(InstalledServer.DATA))) {
      say("uses what it finds in " + directory);
      return;
    }
    long needed = 0;
    for (GrowthSettings.Size size : settings.sizes()) {
      needed += size.bytes();
    }
    long free = Files.getFileStore(directory).getUsableSpace();
    say(
        "will take about %.1f GiB in %s, where %.1f are free"
            .formatted(gib(needed), directory, gib(free)));
    double margin = settings.verifyMinutes() > 0 ? VERIFY_DISK_MARGIN : DISK_MARGIN;
    if (free < margin * needed) {
      throw new IllegalArgumentException(
          "%s times that must be free; choose another place with TMPDIR, or smaller sizes"
              .formatted(margin));
    }
  }

  private InstalledServer startServer(Path directory) throws IOException, InterruptedException {
    var all = new TreeMap<>(InstalledServer.SETTINGS);
    all.put("shared_buffers", settings.sharedBuffers());
    // Images of pages go to the log once between two checkpoints: none shall come while measuring.
    all.put("checkpoint_timeout", "3h");
    all.put("max_wal_size", "32GB");
    // For filling. What transfers write is the same with it, as they run in tables that exist.
    all.put("wal_level", "minimal");
    all.put("max_wal_senders", "0");
    all.putAll(settings.settings());
    // A setting of the command line could not be changed later.
    all.keySet().removeAll(GrowthSettings.pairs(settings.variants()).keySet());
    Path programs =
        settings
            .postgresql()
            .map(Path::of)
            .or(InstalledServer::find)
            .orElseThrow(
                () -> new IllegalArgumentException("no PostgreSQL server found; see --postgresql"));
    return InstalledServer.start(programs, directory, all);
  }

  private void round(InstalledServer server) throws SQLException, InterruptedException {
    if (settings.variants().isEmpty()) {
      everySite("");
    }
    for (String variant : settings.variants()) {
      String[] setting = variant.split("=", 2);
      set(server, setting[0], setting[1]);
      everySite(variant + " ");
    }
  }

  private static void set(InstalledServer server, String name, String value) throws SQLException {
    GrowthLoader.execute(server.database(), "ALTER SYSTEM SET " + name + " = '" + value + "'");
    GrowthLoader.execute(server.database(), "SELECT pg_reload_conf()");
  }

  private void everySite(String prefix) throws SQLException, InterruptedException {
    for (GrowthSite site : sites) {
      add(prefix + "pipeline", site, site.pipeline(settings.seconds()));
    }
    for (GrowthSite site : sites) {
      add(prefix + "http", site, site.http(settings.seconds()));
    }
  }

  private void add(String name, GrowthSite site, GrowthSite.Cost cost) {
    errors += cost.load().errors();
    System.out.printf(Locale.ROOT, "  %-34s %-44s %s%n", name, site.size(), cost);
    figure(name + " /s", site).add(cost.load().perSecond());
    figure(name + " p99 ms", site).add(cost.load().p99Micros() / 1e3);
    figure(name + " WAL bytes a transfer", site).add(cost.walBytes());
    figure(name + " page images a transfer", site).add(cost.pageImages());
    figure(name + " page reads a transfer", site).add(cost.reads());
    figure(name + " processor µs of the server a transfer", site).add(cost.cpuMicros());
  }

  private Series figure(String name, GrowthSite site) {
    return figures.computeIfAbsent(name + " | " + site.size(), n -> new Series());
  }

  /** Every figure, and what the largest books keep of the smallest ones' throughput. */
  private void report() throws IOException {
    var out = new StringBuilder("| figure | books | median (range) |\n|---|---|---|\n");
    figures.forEach(
        (name, series) -> out.append("| %s | %s |%n".formatted(name, series.text("%,.2f"))));
    out.append("\n| throughput kept by the largest books | median (range) |\n|---|---|\n");
    figures.keySet().stream()
        .filter(name -> name.contains(" /s | "))
        .map(name -> name.substring(0, name.indexOf(" | ")))
        .distinct()
        .forEach(
            name ->
                out.append(
                    "| %s | %s |%n"
                        .formatted(
                            name,
                            figure(name, sites.getLast())
                                .over(figure(name, sites.getFirst()))
                                .text("%.2f"))));
    Files.createDirectories(settings.out());
    Files.writeString(settings.out().resolve("growth.md"), out);
    say(out.toString());
  }

  /** Verifies the smallest books first; what takes longer than asked for is given up and said. */
  private boolean verify() throws InterruptedException, ExecutionException {
    long minutes = settings.verifyMinutes();
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    try {
      for (GrowthSite site : minutes > 0 ? sites : List.<GrowthSite>of()) {
        var run = thread.submit(() -> Verifier.run(site.database(), Growth::say));
        Verifier.Report report = run.get(minutes, TimeUnit.MINUTES);
        say("verified %s: %s".formatted(site.size(), report));
        if (!report.isWhole()) {
          return false;
        }
      }
    } catch (TimeoutException e) {
      say("verifying was given up after " + minutes + " minutes");
    }
    return true;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
