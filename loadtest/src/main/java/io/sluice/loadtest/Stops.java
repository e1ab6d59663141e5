package io.sluice.loadtest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Does to a packaged gateway what has once stopped one for good, and shows how soon it is well
 * again and how much memory it ever had resident. Ends with 0 only if all of that is within bounds.
 */
final class Stops {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** What the options in conf/jvm.options allow: docs/operations.md adds it up. */
  private static final long MOST_RESIDENT_MIB = 1_072;

  private static final int HALF_SENT = 1_500;
  private static final int ANNOUNCED_BYTES = 262_144;
  private static final int SENT_BYTES = 262_006;
  private static final Duration HELD = Duration.ofSeconds(10);
  private static final Duration GONE = Duration.ofSeconds(5);
  private static final int CALLS_AT_ONCE = 64;

  private final Product product;
  private final InstalledServer server;
  private final Product.Gateway gateway;
  private final Wellness wellness;
  private boolean within = true;

  private Stops(Product product, InstalledServer server, Product.Gateway gateway) {
    this.product = product;
    this.server = server;
    this.gateway = gateway;
    this.wellness = new Wellness(gateway.managementPort());
  }

  /**
   * @param arguments {@code --jar=} the packaged product, {@code --options=} its JVM's
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> given =
        Arrays.stream(arguments)
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    boolean within;
    try (Cleanup cleanup = new Cleanup()) {
      Path directory = Files.createTempDirectory("sluice-stops");
      cleanup.add(() -> delete(directory));
      InstalledServer server =
          cleanup.add(InstalledServer.start(InstalledServer.programs(Optional.empty()), directory));
      var product =
          new Product(
              List.of("@" + given.get("--options"), "-jar", given.get("--jar")),
              Files.createDirectories(directory.resolve("gateway")),
              UUID.randomUUID().toString());
      var database = server.create("stops");
      var gateway = product.gateway(database, Map.of(), cleanup);
      within = new Stops(product, server, gateway).run();
    }
    System.exit(within ? 0 : 1);
  }

  private static void delete(Path directory) throws IOException, InterruptedException {
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  private boolean run() throws Exception {
    System.out.printf("a gateway of %s, on a PostgreSQL %s%n", product.java(), server.origin());
    halfSentBodies();
    restartedDatabase();
    silentConnections();
    long resident = gateway.process().peakResidentMiB();
    System.out.printf("resident memory: %d MiB at the most, of %d%n", resident, MOST_RESIDENT_MIB);
    return within && resident <= MOST_RESIDENT_MIB;
  }

  /** Strangers send all but the end of long bodies, and wait. */
  private void halfSentBodies() throws Exception {
    var leave = new CountDownLatch(1);
    var arrived = new CountDownLatch(HALF_SENT);
    var refused = new AtomicInteger();
    List<Thread> strangers = new ArrayList<>();
    for (int i = 0; i < HALF_SENT; i++) {
      strangers.add(Thread.ofVirtual().start(() -> sendHalf(arrived, refused, leave)));
    }
    arrived.await(HELD.toSeconds(), TimeUnit.SECONDS);
    TimeUnit.SECONDS.sleep(HELD.toSeconds());
    boolean meanwhile = wellness.isWell();
    leave.countDown();
    for (Thread stranger : strangers) {
      stranger.join();
    }
    report(
        "%d half-sent bodies without credentials (%d cut or refused; meanwhile %s)"
            .formatted(HALF_SENT, refused.get(), meanwhile ? "well" : "NOT well"),
        wellness.secondsUntilWell(LONGEST));
    within &= meanwhile;
  }

  private void sendHalf(CountDownLatch arrived, AtomicInteger refused, CountDownLatch leave) {
    String head =
        "POST /v1/ledgers/%s/transfer HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
                .formatted(UUID.randomUUID())
            + "Content-Length: "
            + ANNOUNCED_BYTES
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.target().port())) {
      try {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[SENT_BYTES]);
      } catch (IOException cut) {
        refused.incrementAndGet();
      }
      arrived.countDown();
      leave.await();
    } catch (IOException notLetIn) {
      refused.incrementAndGet();
      arrived.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** PostgreSQL goes and comes back while nobody asks for anything. */
  private void restartedDatabase() throws Exception {
    server.close();
    TimeUnit.SECONDS.sleep(GONE.toSeconds());
    boolean told = !wellness.isReady();
    server.startAgain();
    report(
        "PostgreSQL restarted under an idle gateway (while it was gone, ready said %s)"
            .formatted(told ? "no" : "YES"),
        wellness.secondsUntilWell(LONGEST));
    within &= told;
  }

  /** All connections that there are stop answering; new ones are served. */
  private void silentConnections() throws Exception {
    fillPools();
    List<Long> backends = backends();
    signal("-STOP", backends);
    try {
      report(
          "%d connections to PostgreSQL fell silent".formatted(backends.size()),
          wellness.secondsUntilWell(LONGEST));
    } finally {
      signal("-CONT", backends);
    }
  }

  /** Strangers' guesses, which are looked up. */
  private void fillPools() throws InterruptedException {
    List<Thread> calls = new ArrayList<>();
    for (int i = 0; i < CALLS_AT_ONCE; i++) {
      calls.add(Thread.ofVirtual().start(this::guess));
    }
    for (Thread call : calls) {
      call.join();
    }
  }

  private void guess() {
    String head = "GET /v1/programs HTTP/1.1\r\nHost: gateway\r\nX-API-Key: sk_%s\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.target().port())) {
      byte[] request = head.formatted(UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      socket.getInputStream().read();
    } catch (IOException cut) {
      // Fewer connections, then.
    }
  }

  private List<Long> backends() throws SQLException {
    String query = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'sluice-%'";
    List<Long> pids = new ArrayList<>();
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
    }
    return pids;
  }

  private static void signal(String signal, List<Long> pids)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    new ProcessBuilder(command).start().waitFor();
  }

  private void report(String cause, double seconds) {
    System.out.println(cause);
    System.out.printf(Locale.ROOT, "  live and ready 200 again after %.1f s%n", seconds);
    within &= seconds <= LONGEST.toSeconds();
  }
}
