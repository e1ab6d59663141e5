package io.sluice.loadtest;

import io.sluice.store.Database;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The product on a throw-away PostgreSQL, and what loads it.
 *
 * @param database empty
 * @param serverPid PostgreSQL's first process
 */
record ProductRig(
    Machine machine, Vertx vertx, Database database, Product product, long serverPid) {
  /** A load runs on a worker; Vert.x's own limit is a minute. */
  private static final long LONGEST_LOAD_NANOS = TimeUnit.MINUTES.toNanos(15);

  /**
   * Looks at the machine, says what it is, and starts a server.
   *
   * @param cleanup gets the end of all of it
   * @param name of its folder
   * @param postgresql which server, as {@link Server#start} takes it
   * @param jar the packaged product; empty takes the compiled classes
   */
  static ProductRig open(
      Cleanup cleanup, String name, Optional<String> postgresql, Optional<Path> jar)
      throws Exception {
    Path directory = cleanup.directory("sluice-" + name);
    Machine machine = Machine.watch(directory);
    System.out.println(machine);
    Server server = cleanup.add(Server.start(postgresql, directory));
    new WriteAheadLog(server).age();
    Vertx vertx = Vertx.vertx(new VertxOptions().setMaxWorkerExecuteTime(LONGEST_LOAD_NANOS));
    cleanup.add(() -> Awaiting.result(vertx.close()));
    var product = new Product(Product.java(jar), directory, UUID.randomUUID().toString());
    return new ProductRig(machine, vertx, server.create("product"), product, server.pid());
  }

  /** The same for one gateway. */
  boolean conclude(Product.Gateway gateway, List<String> goals)
      throws IOException, InterruptedException {
    return conclude(List.of(gateway), goals);
  }

  /**
   * Ends the gateways, verifies the books, and says what came out.
   *
   * @param goals lines for programs
   * @return whether the books are whole
   */
  boolean conclude(List<Product.Gateway> gateways, List<String> goals)
      throws IOException, InterruptedException {
    for (Product.Gateway gateway : gateways) {
      gateway.process().close();
    }
    boolean whole = product.verify(database);
    System.out.println("the books are " + (whole ? "whole" : "NOT whole"));
    System.out.println(machine);
    goals.forEach(System.out::println);
    return whole;
  }
}
