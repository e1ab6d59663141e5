package io.sluice.loadtest;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Database;
import io.sluice.store.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One database of a given size, with a pipeline in this JVM and a gateway process on it. */
final class GrowthSite {
  private static final int IN_FLIGHT = 512;
  private static final int CONNECTIONS = 256;
  private static final int SETTLE_SECONDS = 2;

  /**
   * So few whole pages a transfer are written to the log where most pages have been changed since
   * the checkpoint: a tenth of the five that a transfer changes at random places.
   */
  private static final double FEW_PAGE_IMAGES = 0.5;

  /** A process of the server that has nothing more to do reports what it did after ten seconds. */
  private static final int REPORTED_AFTER_SECONDS = 11;

  /** In the product's index of names, and room for those that share a place. */
  private static final int BYTES_A_NAME = 42;

  private static final int BYTES_A_MIB = 1 << 20;

  /** What the product has besides, as it is shipped. */
  private static final int HEAP_MIB = 400;

  private static final String NAMES_METRIC = "sluice_names ";
  private static final double MOST_NAMES = 0.99;
  private static final long NAMES_POLL_MS = 200;
  private static final long NAMES_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(15);

  private static final String ADMIN_TOKEN = UUID.randomUUID().toString();

  private final GrowthSettings.Size size;
  private final Database database;
  private final Path directory;
  private final Cleanup cleanup;
  private final Vertx vertx;
  private final Ids ids = new TimeOrderedIds(Clock.systemUTC());
  private GrowthBooks books;
  private LanePipeline pipeline;
  private Target target;

  /**
   * What a run of the load measured and what it cost the server.
   *
   * @param walBytes of write-ahead log for each transfer
   * @param pageImages whole pages in it for each transfer
   * @param reads pages that were not in the server's own cache, for each transfer
   * @param cpuMicros processor time of the server's processes on this database, for each transfer
   */
  record Cost(Load load, double walBytes, double pageImages, double reads, double cpuMicros) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, a transfer: %,.0f bytes of WAL, %.2f page images, %.2f reads, %.0f µs of the server",
          load,
          walBytes,
          pageImages,
          reads,
          cpuMicros);
    }
  }

  GrowthSite(
      GrowthSettings.Size size, Database database, Path directory, Cleanup cleanup, Vertx vertx) {
    this.size = size;
    this.database = database;
    this.directory = directory;
    this.cleanup = cleanup;
    this.vertx = vertx;
  }

  Database database() {
    return database;
  }

  GrowthSettings.Size size() {
    return size;
  }

  /** Makes the books unless they have been kept. */
  void open() throws Exception {
    Path kept = directory.resolve(database.name() + ".properties");
    var model = new Properties();
    if (Files.exists(kept)) {
      try (Reader in = Files.newBufferedReader(kept)) {
        model.load(in);
      }
      use(model);
      return;
    }
    fill(model);
    try (Writer out = Files.newBufferedWriter(kept)) {
      model.store(out, "What the books are made after");
    }
  }

  /**
   * Makes the schema, and through the product's own API a tenant with one ledger; fills the rest.
   */
  private void fill(Properties model) throws Exception {
    new Migrations(database).migrate();
    Target first;
    try (Gateway gateway = gateway()) {
      first =
          new Provision(gateway.httpPort(), gateway.managementPort(), ADMIN_TOKEN)
              .ledgers("growth", 1);
    }
    UUID ledger = first.ledgers().getFirst();
    String[] row =
        GrowthLoader.row(
            database, "SELECT tenant_id, asset_id FROM account WHERE holder_id = '" + ledger + "'");
    model.setProperty("tenant", row[0]);
    model.setProperty("asset", row[1]);
    use(model);
    new GrowthLoader(database, books, ledger).load();
  }

  private void use(Properties model) {
    books =
        new GrowthBooks(
            new TenantId(Integer.parseInt(model.getProperty("tenant"))),
            new AssetId(UUID.fromString(model.getProperty("asset"))),
            size.accounts(),
            size.turns());
  }

  /** Starts what is to be measured, and loads it for a while. */
  void start(int warmUpSeconds) throws Exception {
    new GrowthPages(database).bringIn();
    pipeline = LocalPipeline.start(vertx, database, ids);
    cleanup.add(() -> Awaiting.result(pipeline.close(5_000)));
    Gateway gateway = cleanup.add(gateway());
    awaitNames(gateway.managementPort());
    String token =
        new Provision(gateway.httpPort(), gateway.managementPort(), ADMIN_TOKEN)
            .token(books.tenant().value());
    target = new Target(gateway.httpPort(), token, books.ledgerList());
    System.out.println("  " + size + ": pipeline " + pipeline(0, warmUpSeconds).load());
    System.out.println("  " + size + ": http " + http(0, warmUpSeconds).load());
  }

  /**
   * Loads the pipeline for a while, right after a checkpoint; then on until nearly all pages have
   * been changed since, as they have between two checkpoints of a server that runs on.
   *
   * @return what the first while cost
   */
  Cost settle(int seconds, int atMostSeconds) throws SQLException, InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(atMostSeconds);
    Cost first = pipeline(0, seconds);
    Cost last = first;
    while (last.pageImages() > FEW_PAGE_IMAGES && System.nanoTime() < limit) {
      last = pipeline(0, 2 * seconds);
      System.out.println("  " + size + ": settling " + last);
    }
    return first;
  }

  /** As many commands in flight as fill both lanes. */
  Cost pipeline(int seconds) throws SQLException, InterruptedException {
    return pipeline(SETTLE_SECONDS, seconds);
  }

  /** The same requests through the gateway. */
  Cost http(int seconds) throws SQLException, InterruptedException {
    return http(SETTLE_SECONDS, seconds);
  }

  private Cost pipeline(int settleSeconds, int seconds) throws SQLException, InterruptedException {
    var load =
        new PipelineLoad(pipeline, books.tenant(), books.accountList(), ids, Workload.UNIFORM);
    return cost(() -> load.run(vertx, IN_FLIGHT, settleSeconds, seconds));
  }

  private Cost http(int settleSeconds, int seconds) throws SQLException, InterruptedException {
    return cost(
        () ->
            HttpLoad.run(vertx, target, Workload.UNIFORM, CONNECTIONS, 0, settleSeconds, seconds));
  }

  private interface Run {
    Future<Load> start();
  }

  private Cost cost(Run run) throws SQLException, InterruptedException {
    double[] before = counters();
    Load load = Awaiting.result(run.start());
    TimeUnit.SECONDS.sleep(REPORTED_AFTER_SECONDS);
    double[] after = counters();
    double transfers = Math.max(1, after[4] - before[4]);
    return new Cost(
        load,
        (after[0] - before[0]) / transfers,
        (after[1] - before[1]) / transfers,
        (after[2] - before[2]) / transfers,
        (after[3] - before[3]) / transfers);
  }

  private double[] counters() throws SQLException {
    String[] row =
        GrowthLoader.row(
            database,
            """
            SELECT w.wal_bytes, w.wal_fpi, d.blks_read,
                   (SELECT string_agg(pid::text, ' ') FROM pg_stat_activity
                     WHERE datname = current_database()),
                   (SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'transfer')
              FROM pg_stat_wal w, pg_stat_database d
             WHERE d.datname = current_database()
            """);
    return new double[] {
      Double.parseDouble(row[0]),
      Double.parseDouble(row[1]),
      Double.parseDouble(row[2]),
      cpuMicros(row[3]),
      Double.parseDouble(row[4])
    };
  }

  private static double cpuMicros(String processes) {
    return Arrays.stream(processes.split(" "))
        .mapToLong(Long::parseLong)
        .mapToObj(ProcessHandle::of)
        .flatMap(Optional::stream)
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(spent -> spent.toNanos() / 1_000)
        .sum();
  }

  /** A gateway process and its ports. */
  private record Gateway(Child process, int httpPort, int managementPort) implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }

  /** What the gateway is given to remember the names of all ledgers. */
  private int namesMib() {
    return 1 + Math.toIntExact((long) size.accounts() * BYTES_A_NAME / BYTES_A_MIB);
  }

  /**
   * A gateway that has just started reads the names of ledgers ahead; that is over by then. A few
   * find no place, as those that they could have are taken.
   */
  private void awaitNames(int managementPort) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (names(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          < MOST_NAMES * size.accounts()) {
        if (System.nanoTime() - begun > NAMES_LIMIT_NANOS) {
          throw new IllegalStateException("the gateway has not learnt its ledgers' names");
        }
        TimeUnit.MILLISECONDS.sleep(NAMES_POLL_MS);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  %s: names learnt in %.1f s%n",
        size,
        (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1));
  }

  private static double names(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(NAMES_METRIC))
        .mapToDouble(line -> Double.parseDouble(line.substring(NAMES_METRIC.length())))
        .sum();
  }

  private Gateway gateway() throws IOException, InterruptedException {
    int httpPort = Product.freePort();
    int managementPort = Product.freePort();
    Child child =
        Child.start(
            "io.sluice.Main",
            flags(),
            List.of("serve"),
            environment(httpPort, managementPort),
            directory.resolve("gateway.log"));
    try {
      child.awaitAnswer("http://127.0.0.1:" + managementPort + "/health/ready");
    } catch (IOException | IllegalStateException e) {
      child.close();
      throw e;
    }
    return new Gateway(child, httpPort, managementPort);
  }

  private List<String> flags() {
    var flags = new ArrayList<>(Rig.PRODUCT_FLAGS);
    flags.add("-Xmx" + (HEAP_MIB + namesMib()) + "m");
    return flags;
  }

  private Map<String, String> environment(int httpPort, int managementPort) {
    return Map.of(
        "DATABASE_URL",
        Product.url(database),
        "SLUICE_HTTP_PORT",
        Integer.toString(httpPort),
        "SLUICE_MANAGEMENT_PORT",
        Integer.toString(managementPort),
        "SLUICE_MANAGEMENT_ADMIN_TOKEN",
        ADMIN_TOKEN,
        "SLUICE_HTTP_ACCESS_LOG",
        "false",
        "SLUICE_DATA_DIRECTORY",
        directory.resolve("data").toString(),
        "SLUICE_DEMO_ENABLED",
        "false",
        "SLUICE_NAMES_MEMORY_MIB",
        Integer.toString(namesMib()));
  }
}
