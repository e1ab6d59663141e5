package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The product as its users start it.
 *
 * @param java what follows {@code java} up to the product's own arguments
 * @param directory for its data and its log
 */
record Product(List<String> java, Path directory, String adminToken) {
  /** A gateway process and how to reach it. */
  record Gateway(Child process, int managementPort, Target target) {
    /** The same process, loaded with these ledgers: all gateways of one database know them. */
    Gateway with(Target ledgers) {
      return new Gateway(
          process, managementPort, new Target(target.port(), ledgers.token(), ledgers.ledgers()));
    }
  }

  /**
   * What starts it with the options of its users.
   *
   * @param jar the packaged product; empty for the classes of this process
   */
  static List<String> java(Optional<Path> jar) {
    var arguments = new ArrayList<>(Rig.PRODUCT_FLAGS);
    arguments.addAll(
        jar.map(file -> List.of("-jar", file.toString()))
            .orElseGet(
                () -> List.of("-cp", System.getProperty("java.class.path"), "io.sluice.Main")));
    return arguments;
  }

  /** The same, started by another command. */
  Product startedBy(List<String> command) {
    return new Product(command, directory, adminToken);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** With the password, whose letters need no escaping. */
  static String url(Database database) {
    return "postgresql://%s%s@%s:%d/%s"
        .formatted(
            database.user(),
            database.password().map(password -> ":" + password).orElse(""),
            database.host(),
            database.port(),
            database.name());
  }

  /** Starts a gateway and does not wait for it. */
  Child start(Database database, int httpPort, int managementPort, Map<String, String> more)
      throws IOException {
    var environment = new HashMap<>(more);
    environment.put("SLUICE_HTTP_PORT", Integer.toString(httpPort));
    environment.put("SLUICE_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("SLUICE_MANAGEMENT_ADMIN_TOKEN", adminToken);
    environment.put("SLUICE_HTTP_ACCESS_LOG", "false");
    environment.put("SLUICE_SCRIP_RATE_LIMIT_PER_SECOND", "0");
    environment.put("SLUICE_DEMO_ENABLED", "false");
    return run(database, "serve", environment);
  }

  /** Starts a gateway and waits until it is ready; {@code cleanup} gets its end. */
  Gateway gateway(Database database, Map<String, String> more, Cleanup cleanup)
      throws IOException, InterruptedException {
    int httpPort = freePort();
    int managementPort = freePort();
    Child child = cleanup.add(start(database, httpPort, managementPort, more));
    child.awaitAnswer("http://127.0.0.1:" + managementPort + "/health/ready");
    return new Gateway(child, managementPort, new Target(httpPort, "", List.of()));
  }

  /** Whether its own {@code verify} finds the books whole. */
  boolean verify(Database database) throws IOException, InterruptedException {
    try (Child child = run(database, "verify", Map.of())) {
      boolean whole = child.await() == 0;
      if (!whole) {
        Files.readAllLines(directory.resolve("verify.log")).forEach(System.err::println);
      }
      return whole;
    }
  }

  private Child run(Database database, String command, Map<String, String> more)
      throws IOException {
    var environment = new HashMap<>(more);
    environment.put("DATABASE_URL", url(database));
    environment.put("SLUICE_DATA_DIRECTORY", directory.resolve("data").toString());
    var arguments = new ArrayList<>(java);
    arguments.add(command);
    return Child.start(arguments, environment, directory.resolve(command + ".log"));
  }
}
