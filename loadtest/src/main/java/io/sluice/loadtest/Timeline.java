package io.sluice.loadtest;

import io.sluice.store.Database;
import io.sluice.store.Migrations;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Draws what the lanes of a loaded gateway do in one second, and says what they and the processors
 * wait for: batches by the gateway's flight recording, processes by what Linux says of them.
 */
public final class Timeline {
  private static final int CONNECTIONS = 256;
  private static final String USAGE =
      "options: --lanes=2,3,4 --seconds=6 --warm-up=25 --accounts=10000 --out=FILE.svg";
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "lanes", "2,3,4",
          "seconds", "6",
          "warm-up", "25",
          "accounts", "10000",
          "out", "target/timeline.svg");

  /** A flight recording of batches and nothing else. */
  private static final String RECORDING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0">
        <event name="io.sluice.Batch"><setting name="enabled">true</setting></event>
      </configuration>
      """;

  private final Map<String, String> options;
  private final Vertx vertx;
  private final Path directory;
  private final Database database;
  private Target ledgers;

  private Timeline(Map<String, String> options, Vertx vertx, Server server, Path directory)
      throws Exception {
    this.options = options;
    this.vertx = vertx;
    this.directory = directory;
    this.database = server.create("timeline");
    new Migrations(database).migrate();
  }

  /** Arguments as the usage says; the picture is of the first number of lanes. */
  public static void main(String[] args) throws Exception {
    Map<String, String> options = options(args);
    try (var cleanup = new Cleanup()) {
      Path directory = cleanup.directory("sluice-timeline");
      Machine machine = Machine.watch(directory);
      Server server = cleanup.add(Server.start(Optional.empty(), directory));
      Vertx vertx = Vertx.vertx();
      cleanup.add(() -> Awaiting.result(vertx.close()));
      new Timeline(options, vertx, server, directory).run();
      System.out.println(machine);
    }
  }

  private static Map<String, String> options(String[] args) {
    var options = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      if (parts.length < 2 || options.replace(parts[0].replaceFirst("^--", ""), parts[1]) == null) {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return options;
  }

  private int number(String option) {
    return Integer.parseInt(options.get(option));
  }

  private void run() throws Exception {
    System.out.println(LaneShares.HEADING);
    boolean drawn = false;
    for (String lanes : options.get("lanes").split(",")) {
      List<LaneBatch> batches;
      ProcessStates states;
      Load load;
      Path recording = directory.resolve("lanes-" + lanes + ".jfr");
      try (var gateway = new Cleanup()) {
        Target target = gateway(lanes, recording, gateway);
        load(target, number("warm-up"));
        states = ProcessStates.watch(database);
        load = load(target, number("seconds"));
        states.stop();
      }
      batches = LaneBatch.read(recording, states.from(), states.to());
      System.out.println(new LaneShares(lanes, load, batches, states).line());
      if (!drawn) {
        Path out = Path.of(options.get("out"));
        Files.writeString(out, new TimelineChart(batches, states).svg());
        drawn = true;
      }
    }
  }

  private Target gateway(String lanes, Path recording, Cleanup cleanup) throws Exception {
    Path settings = directory.resolve("batches.jfc");
    Files.writeString(settings, RECORDING);
    var java = new ArrayList<>(Rig.PRODUCT_FLAGS);
    java.add(
        "-XX:StartFlightRecording=dumponexit=true,settings=" + settings + ",filename=" + recording);
    java.addAll(List.of("-jar", "../target/sluice.jar"));
    var product = new Product(java, directory, UUID.randomUUID().toString());
    Product.Gateway gateway =
        product.gateway(database, Map.of("SLUICE_PIPELINE_LANES", lanes), cleanup);
    if (ledgers == null) {
      ledgers =
          new Provision(gateway.target().port(), gateway.managementPort(), product.adminToken())
              .ledgers("timeline", number("accounts"));
    }
    return gateway.with(ledgers).target();
  }

  private Load load(Target target, int seconds) {
    return Awaiting.result(
        HttpLoad.run(vertx, target, Workload.UNIFORM, CONNECTIONS, 0, 0, seconds));
  }
}
