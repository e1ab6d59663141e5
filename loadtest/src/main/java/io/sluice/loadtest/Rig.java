package io.sluice.loadtest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.DatabaseLimits;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.LanePipeline;
import io.sluice.pipeline.PipelineSettings;
import io.sluice.store.Database;
import io.sluice.store.EmbeddedServer;
import io.sluice.store.Migrations;
import io.sluice.store.PgTransferStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Everything that is measured, on one throw-away PostgreSQL with durable settings: the product
 * behind HTTP, the same with one transfer a transaction, a hand-written function behind the same
 * HTTP server, the pipeline in this JVM, and the hand-written tables for pgbench.
 */
final class Rig implements AutoCloseable {
  /** What every gateway here is started with; docs/performance.md says so beside the figures. */
  static final List<String> PRODUCT_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xms192m",
          "-Xmx192m");

  private static final TenantId PIPELINE_TENANT = new TenantId(1_000_000);
  private static final int QUEUE_CAPACITY = 8_192;
  private static final int MAX_BATCH = 256;
  private static final int LANES = 2;

  private final Settings settings;
  private final Path directory;
  private final EmbeddedServer server;
  private final Vertx vertx = Vertx.vertx();
  private final String adminToken = UUID.randomUUID().toString();
  private final List<AutoCloseable> children = new ArrayList<>();
  private final Pgbench pgbench;
  private final CopyCeiling ceiling;
  private final LanePipeline pipeline;
  private final PipelineLoadFactory pipelineLoad;
  private Gateway product;
  private final Gateway unbatched;
  private final Target function;

  /** Makes a load of the pipeline in this JVM. */
  interface PipelineLoadFactory {
    PipelineLoad load(Workload workload);
  }

  /** A gateway process and how to reach it. */
  record Gateway(Child process, int managementPort, Target target) {
    /** The same process, loaded with these ledgers: all gateways of one database know them. */
    Gateway with(Target ledgers) {
      return new Gateway(
          process, managementPort, new Target(target.port(), ledgers.token(), ledgers.ledgers()));
    }
  }

  Rig(Settings settings) throws Exception {
    this.settings = settings;
    directory = Files.createTempDirectory("sluice-compare");
    server =
        EmbeddedServer.start(
            new EmbeddedServer.Settings(
                directory.resolve("postgresql"), 0, "512MB", directory.resolve("binaries")),
            DatabaseLimits.DEFAULT);
    Database hand = database("hand");
    Database own = database("product");
    new Migrations(own).migrate();
    pgbench = new Pgbench(hand, settings.scripts(), settings.accounts());
    pgbench.prepare();
    ceiling = new CopyCeiling(own);
    ceiling.prepare();
    Clock clock = Clock.systemUTC();
    Ids ids = new TimeOrderedIds(clock);
    pipeline =
        new LanePipeline(
            vertx,
            own,
            new PipelineSettings(LANES, QUEUE_CAPACITY, MAX_BATCH, 10_000, 12_000, 1_000),
            new PgTransferStore(own.pool(vertx)),
            clock,
            ids,
            new SimpleMeterRegistry());
    result(pipeline.start());
    var accounts = new PipelineAccounts(own).create(PIPELINE_TENANT, settings.accounts());
    pipelineLoad = w -> new PipelineLoad(pipeline, PIPELINE_TENANT, accounts, ids, w);
    product = gateway(own, Map.of());
    Target ledgers =
        new Provision(product.target().port(), product.managementPort(), adminToken)
            .ledgers("product", settings.accounts());
    product = product.with(ledgers);
    unbatched =
        gateway(own, Map.of("SLUICE_PIPELINE_LANES", "16", "SLUICE_PIPELINE_MAX_BATCH", "1"))
            .with(ledgers);
    function = functionGateway(hand);
  }

  private Database database(String name) throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.database().withName(name);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String url(Database database) {
    return "postgresql://%s@%s:%d/%s"
        .formatted(database.user(), database.host(), database.port(), database.name());
  }

  /** Starts the product as a user would, and waits until it is ready. */
  Child start(Database database, int httpPort, int managementPort, Map<String, String> more)
      throws IOException, InterruptedException {
    var environment = new java.util.HashMap<>(more);
    environment.put("DATABASE_URL", url(database));
    environment.put("SLUICE_HTTP_PORT", Integer.toString(httpPort));
    environment.put("SLUICE_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("SLUICE_MANAGEMENT_ADMIN_TOKEN", adminToken);
    environment.put("SLUICE_HTTP_ACCESS_LOG", "false");
    environment.put("SLUICE_DATA_DIRECTORY", directory.resolve("data").toString());
    environment.put("SLUICE_DEMO_ENABLED", "false");
    return Child.start(
        "io.sluice.Main",
        PRODUCT_FLAGS,
        List.of("serve"),
        environment,
        directory.resolve("gateway.log"));
  }

  private Gateway gateway(Database database, Map<String, String> more) throws Exception {
    int httpPort = freePort();
    int managementPort = freePort();
    Child child = start(database, httpPort, managementPort, more);
    children.add(child);
    child.awaitAnswer("http://127.0.0.1:" + managementPort + "/health/ready");
    return new Gateway(child, managementPort, new Target(httpPort, "", List.of()));
  }

  private Target functionGateway(Database database) throws Exception {
    int port = freePort();
    Child child =
        Child.start(
            FunctionGateway.class.getName(),
            PRODUCT_FLAGS,
            List.of(Integer.toString(port)),
            Map.of("DATABASE_URL", url(database)),
            directory.resolve("function.log"));
    children.add(child);
    child.awaitAnswer("http://127.0.0.1:" + port + "/v1/ledgers");
    var ledgers = new ArrayList<UUID>(settings.accounts());
    for (int i = 1; i <= settings.accounts(); i++) {
      ledgers.add(new UUID(0, i));
    }
    return new Target(port, "none", ledgers);
  }

  Pgbench pgbench() {
    return pgbench;
  }

  CopyCeiling ceiling() {
    return ceiling;
  }

  Gateway product() {
    return product;
  }

  Gateway unbatched() {
    return unbatched;
  }

  Target function() {
    return function;
  }

  /** Loads the pipeline in this JVM. */
  Load pipeline(Workload workload, int inFlight, int warmUpSeconds, int seconds) {
    return result(pipelineLoad.load(workload).run(vertx, inFlight, warmUpSeconds, seconds));
  }

  /** Loads a gateway. */
  Load http(
      Target target,
      Workload workload,
      int connections,
      long rate,
      int warmUpSeconds,
      int seconds) {
    return result(HttpLoad.run(vertx, target, workload, connections, rate, warmUpSeconds, seconds));
  }

  /**
   * Milliseconds from starting a further gateway on the existing database to its first transfer.
   */
  long startMs() throws Exception {
    int httpPort = freePort();
    long started = System.nanoTime();
    try (Child child =
        start(server.database().withName("product"), httpPort, freePort(), Map.of())) {
      Target target = new Target(httpPort, product.target().token(), product.target().ledgers());
      new FirstTransfer(target).await();
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
  }

  Database productDatabase() {
    return server.database().withName("product");
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable child : children.reversed()) {
      child.close();
    }
    result(pipeline.close(5_000));
    result(vertx.close());
    server.close();
    try (var files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
