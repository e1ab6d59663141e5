package io.sluice.loadtest;

import io.sluice.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * One build of the product on a database of its own: a gateway, and the pipeline without one in a
 * process that has this build's classes.
 *
 * @param worker empty where it cannot be compiled with this build
 */
record Build(
    String name,
    Product product,
    Database database,
    Product.Gateway gateway,
    Optional<Worker> worker,
    Meter meter) {
  /** The pipeline alone does not try whether the server, on loopback, speaks TLS. */
  private static final String WITHOUT_TLS = "?sslmode=disable";

  /**
   * Starts it.
   *
   * @param name of the database too
   * @param checkout built
   * @param here the checkout that this program is from
   */
  static Build open(
      String name,
      Path checkout,
      Path here,
      Server server,
      Path directory,
      int accounts,
      Cleanup cleanup)
      throws Exception {
    Path own = Files.createDirectories(directory.resolve(name));
    String flags = "@" + checkout.resolve("conf").resolve("jvm.options");
    String jar = checkout.resolve("target").resolve("sluice.jar").toString();
    var product = new Product(List.of(flags, "-jar", jar), own, UUID.randomUUID().toString());
    Database database = server.create(name);
    Product.Gateway empty = product.gateway(database, Map.of(), cleanup);
    Target ledgers =
        new Provision(empty.target().port(), empty.managementPort(), product.adminToken())
            .ledgers("load", accounts);
    Optional<Worker> worker = worker(name, checkout, here, own, flags, database, accounts);
    worker.ifPresent(cleanup::add);
    return new Build(
        name, product, database, empty.with(ledgers), worker, new Meter(server, database));
  }

  private static Optional<Worker> worker(
      String name,
      Path checkout,
      Path here,
      Path own,
      String flags,
      Database database,
      int accounts)
      throws Exception {
    String classPath;
    try {
      classPath = WorkerClasses.compile(checkout, here, own.resolve("classes"));
    } catch (IllegalStateException e) {
      System.out.printf(
          "The pipeline without HTTP is left out: its worker does not compile with %s (%s).%n%s%n",
          checkout, name, e.getMessage());
      return Optional.empty();
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags, "-Xmx1g", "-cp", classPath));
    command.addAll(
        List.of(
            PipelineWorker.class.getName(),
            Product.url(database) + WITHOUT_TLS,
            Integer.toString(accounts)));
    return Optional.of(Worker.start(command, own.resolve("worker.log")));
  }

  /** Runs a load of its gateway, and says what it took. */
  Meter.Reading read(Callable<Load> http) {
    return meter.read(OptionalLong.of(gateway.process().pid()), http);
  }

  /**
   * Loads its pipeline.
   *
   * @throws java.util.NoSuchElementException where there is no worker
   */
  Meter.Reading pipeline(Workload workload, int seconds) {
    var results = new ArrayList<Worker.Result>(1);
    Meter.Reading reading =
        meter.read(
            OptionalLong.empty(),
            () -> {
              results.add(worker.orElseThrow().load(workload, seconds));
              return results.getFirst().load(seconds);
            });
    long micros = results.getFirst().processorMicros();
    return new Meter.Reading(reading.load(), reading.spent().by(micros));
  }
}
