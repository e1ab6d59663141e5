package io.sluice.loadtest;

import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Database;
import io.sluice.store.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
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
final class Rig {
  /** What every gateway here is started with: what users start it with. */
  static final List<String> PRODUCT_FLAGS = List.of("@../conf/jvm.options");

  private static final String PRODUCT = "product";
  private static final TenantId PIPELINE_TENANT = new TenantId(1_000_000);
  private static final int BESIDE_CONNECTIONS = 128;
  private static final int BESIDE_WARM_UP_SECONDS = 1;

  /** With room for all who wait while it is warmed up. */
  private static final Map<String, String> UNBATCHED =
      Map.of(
          "SLUICE_PIPELINE_LANES",
          "16",
          "SLUICE_PIPELINE_MAX_BATCH_LEGS",
          "1",
          "SLUICE_PIPELINE_MAX_WAIT_MS",
          "600000");

  /** Requests of lines at the same time: with the usual windows they keep 512 lines at work. */
  private static final int BULK_STREAMS = 2;

  private static final int MAX_PARTICIPANTS = 5_000;

  private final Settings settings;
  private final Path directory;
  private final Server server;
  private final Vertx vertx = Vertx.vertx();
  private final Cleanup cleanup;
  private final Product starter;
  private final Meter meter;
  private final Meter handMeter;
  private final Pgbench pgbench;
  private final CopyCeiling ceiling;
  private final PipelineLoadFactory pipelineLoad;
  private final Product.Gateway product;
  private final ScripTarget scrip;
  private final Product.Gateway unbatched;
  private final Target function;

  /** Makes a load of the pipeline in this JVM. */
  interface PipelineLoadFactory {
    PipelineLoad load(Workload workload);
  }

  /** Starts and prepares everything; what {@code cleanup} gets undoes it. */
  Rig(Settings settings, Server server, Path directory, Cleanup cleanup) throws Exception {
    this.settings = settings;
    this.server = server;
    this.directory = directory;
    this.cleanup = cleanup;
    cleanup.add(() -> Awaiting.result(vertx.close()));
    Database hand = server.create("hand");
    Database own = server.create(PRODUCT);
    new Migrations(own).migrate();
    meter = new Meter(server, own);
    handMeter = new Meter(server, hand);
    pgbench = new Pgbench(hand, settings.scripts(), settings.accounts());
    pgbench.prepare();
    ceiling = new CopyCeiling(own);
    ceiling.prepare();
    pipelineLoad = pipeline(own);
    starter = new Product(java(settings), directory, UUID.randomUUID().toString());
    Product.Gateway empty = starter.gateway(own, Map.of(), cleanup);
    var provision =
        new Provision(empty.target().port(), empty.managementPort(), starter.adminToken());
    Target ledgers = provision.ledgers("product", settings.accounts());
    scrip = provision.participants("scrip", Math.min(MAX_PARTICIPANTS, settings.accounts()));
    product = empty.with(ledgers);
    unbatched = starter.gateway(own, UNBATCHED, cleanup).with(ledgers);
    function = functionGateway(hand);
  }

  private static List<String> java(Settings settings) {
    var arguments = new ArrayList<>(PRODUCT_FLAGS);
    if (settings.jar().isEmpty()) {
      arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.sluice.Main"));
      return arguments;
    }
    Path jar = settings.jar().get();
    Path cache = jar.resolveSibling("sluice.aot");
    if (Files.exists(cache)) {
      arguments.add("-XX:AOTCache=" + cache);
    }
    arguments.addAll(List.of("-jar", jar.toString()));
    return arguments;
  }

  private PipelineLoadFactory pipeline(Database database) throws Exception {
    Ids ids = new TimeOrderedIds(Clock.systemUTC());
    LanePipeline pipeline = LocalPipeline.start(vertx, database, ids);
    cleanup.add(() -> Awaiting.result(pipeline.close(5_000)));
    var accounts = new PipelineAccounts(database).create(PIPELINE_TENANT, settings.accounts());
    return workload -> new PipelineLoad(pipeline, PIPELINE_TENANT, accounts, ids, workload);
  }

  private Target functionGateway(Database database) throws Exception {
    int port = Product.freePort();
    Child child =
        Child.start(
            FunctionGateway.class.getName(),
            PRODUCT_FLAGS,
            List.of(Integer.toString(port)),
            Map.of("DATABASE_URL", Product.url(database)),
            directory.resolve("function.log"));
    cleanup.add(child);
    child.awaitAnswer("http://127.0.0.1:" + port + "/v1/ledgers");
    var ledgers = new ArrayList<UUID>(settings.accounts());
    for (int i = 1; i <= settings.accounts(); i++) {
      ledgers.add(new UUID(0, i));
    }
    return new Target(port, "none", ledgers);
  }

  /** Counts on the product's database. */
  Meter meter() {
    return meter;
  }

  /** Counts on that of the hand-written tables. */
  Meter handMeter() {
    return handMeter;
  }

  Server server() {
    return server;
  }

  Pgbench pgbench() {
    return pgbench;
  }

  CopyCeiling ceiling() {
    return ceiling;
  }

  Product.Gateway product() {
    return product;
  }

  /** The product, to be loaded through the Scrip API. */
  ScripTarget scrip() {
    return scrip;
  }

  Product.Gateway unbatched() {
    return unbatched;
  }

  Target function() {
    return function;
  }

  /** Loads the pipeline in this JVM. */
  Load pipeline(Workload workload, int inFlight, int warmUpSeconds, int seconds) {
    return Awaiting.result(
        pipelineLoad.load(workload).run(vertx, inFlight, warmUpSeconds, seconds));
  }

  /** Loads the ledger API of a gateway. */
  Load http(
      Target target,
      Workload workload,
      int connections,
      long rate,
      int warmUpSeconds,
      int seconds) {
    return http(Requests.ledger(target, workload), connections, rate, warmUpSeconds, seconds);
  }

  /** Loads a gateway, as {@link HttpLoad#run} says. */
  Load http(Requests requests, int connections, long rate, int warmUpSeconds, int seconds) {
    return Awaiting.result(
        HttpLoad.run(vertx, requests, connections, rate, warmUpSeconds, seconds));
  }

  /** Loads the ledger API of the product with requests of lines. */
  Load bulk(Workload workload, int warmUpSeconds, int seconds) {
    return Awaiting.result(
        BulkLoad.run(vertx, product.target(), workload, BULK_STREAMS, warmUpSeconds, seconds));
  }

  /**
   * Loads the product with single transfers at a fixed rate while requests of lines come as fast as
   * it takes them.
   *
   * @return what the single ones measured, with the errors of both
   */
  Load besideBulk(Requests measured, long rate, Target background, int seconds) {
    int all = seconds + BESIDE_WARM_UP_SECONDS;
    Future<Load> other = BulkLoad.run(vertx, background, Workload.UNIFORM, BULK_STREAMS, 0, all);
    Future<Load> load =
        HttpLoad.run(vertx, measured, BESIDE_CONNECTIONS, rate, BESIDE_WARM_UP_SECONDS, seconds);
    return Awaiting.result(load).withErrorsOf(Awaiting.result(other));
  }

  /**
   * Loads a gateway at a fixed rate while a background of other requests comes at one of its own.
   *
   * @param backgroundRate requests a second; 0 for no background
   * @return what the first measured, with the errors of both
   */
  Load beside(Requests measured, long rate, Requests background, long backgroundRate, int seconds) {
    int all = seconds + BESIDE_WARM_UP_SECONDS;
    Future<Load> other =
        backgroundRate == 0
            ? Future.succeededFuture(Load.NONE)
            : HttpLoad.run(vertx, background, BESIDE_CONNECTIONS, backgroundRate, 0, all);
    Future<Load> load =
        HttpLoad.run(vertx, measured, BESIDE_CONNECTIONS, rate, BESIDE_WARM_UP_SECONDS, seconds);
    return Awaiting.result(load).withErrorsOf(Awaiting.result(other));
  }

  /**
   * Milliseconds from starting a further gateway on the existing database to its first transfer.
   */
  long startMs() throws Exception {
    int httpPort = Product.freePort();
    Target target = new Target(httpPort, product.target().token(), product.target().ledgers());
    try (var first = new FirstTransfer(target)) {
      long started = System.nanoTime();
      try (Child _ = starter.start(productDatabase(), httpPort, Product.freePort(), Map.of())) {
        first.await();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      }
    }
  }

  Database productDatabase() {
    return server.database().withName(PRODUCT);
  }
}
