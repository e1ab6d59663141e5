package io.sluice.loadtest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures what the collector and its heap do to the slowest requests: a gateway with each of them
 * on one database, in turn, at the same rate, a share of what the fastest of them can do.
 */
final class Tail {
  private static final Path SHIPPED = Path.of("../conf/jvm.options");
  private static final String JAR = "../target/sluice.jar";
  private static final String YOUNG_32 = "-Xmn32m";
  private static final String LARGEST = "-Xmx320m";
  private static final String FIRST = "-Xms192m";

  /** By name: flags in the place of those of the shipped ones that choose collector and heap. */
  private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("serial", List.of("-XX:+UseSerialGC", FIRST, LARGEST));
    WAYS.put("serial-256m", List.of("-XX:+UseSerialGC", FIRST, "-Xmx256m"));
    WAYS.put("serial-384m", List.of("-XX:+UseSerialGC", FIRST, "-Xmx384m"));
    WAYS.put("serial-young-32m", List.of("-XX:+UseSerialGC", FIRST, LARGEST, YOUNG_32));
    WAYS.put("parallel", List.of("-XX:+UseParallelGC", FIRST, LARGEST));
    WAYS.put("g1", List.of("-XX:+UseG1GC", FIRST, LARGEST));
    WAYS.put("g1-5ms", List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=5", FIRST, LARGEST));
    WAYS.put("zgc", List.of("-XX:+UseZGC", FIRST, LARGEST));
    WAYS.put(
        "shenandoah",
        List.of("-XX:+UseShenandoahGC", "-XX:ShenandoahGCMode=generational", FIRST, LARGEST));
  }

  private static final String USAGE =
      "options: --seconds=6 (a slice, 1 to 600) --rounds=5 (1 to 100) --warm-up=30 (1 to 50)"
          + " --percent=50 (of the maximum, 1 to 100) --accounts=10000 (2 to 1000000) --ways="
          + String.join(",", WAYS.keySet())
          + " --postgresql=DIRECTORY or embedded (the default is the installed one) --jar="
          + JAR;

  private static final int CONNECTIONS = 256;

  /** With the usual ones a gateway does not start on the smaller heaps. */
  private static final Map<String, String> LIMITS =
      Map.of("SLUICE_HTTP_MAX_CONNECTIONS", "1000", "SLUICE_HTTP_BODY_BUDGET_BYTES", "33554432");

  /** Of each slice, what does not count. */
  private static final int SKIPPED_SECONDS = 1;

  private final ProductRig rig;
  private final Map<String, Side> sides = new LinkedHashMap<>();

  private Tail(ProductRig rig) {
    this.rig = rig;
  }

  /** Arguments as the usage says. Ends with 1 when a transfer failed or the books are not whole. */
  public static void main(String[] args) throws Exception {
    var options = new Options(args, USAGE);
    int seconds = options.number("seconds", 6, 1, 600);
    int rounds = options.number("rounds", 5, 1, 100);
    int warmUp = options.number("warm-up", 30, 1, 50);
    int percent = options.number("percent", 50, 1, 100);
    int accounts = options.number("accounts", 10_000, 2, 1_000_000);
    String ways = options.text("ways").orElse(String.join(",", WAYS.keySet()));
    Optional<String> postgresql = options.text("postgresql");
    Path jar = Path.of(options.text("jar").orElse(JAR));
    options.end();
    boolean clean;
    try (var cleanup = new Cleanup()) {
      var tail = new Tail(ProductRig.open(cleanup, "tail", postgresql, Optional.of(jar)));
      tail.start(List.of(ways.split(",")), jar, accounts, cleanup);
      long rate = Math.max(1, Math.round(tail.warmUp(warmUp) * percent / 100));
      System.out.println("at " + rate + " transfers a second");
      for (int round = 0; round < rounds; round++) {
        tail.round(rate, seconds);
      }
      clean = tail.conclude();
    }
    System.exit(clean ? 0 : 1);
  }

  private void start(List<String> names, Path jar, int accounts, Cleanup cleanup) throws Exception {
    Optional<Target> ledgers = Optional.empty();
    for (String name : names) {
      Product.Gateway gateway =
          rig.product().startedBy(command(name, jar)).gateway(rig.database(), LIMITS, cleanup);
      if (ledgers.isEmpty()) {
        ledgers =
            Optional.of(
                new Provision(
                        gateway.target().port(),
                        gateway.managementPort(),
                        rig.product().adminToken())
                    .ledgers("tail", accounts));
      }
      sides.put(name, new Side(gateway.with(ledgers.get())));
    }
  }

  private static List<String> command(String way, Path jar) throws Exception {
    if (!WAYS.containsKey(way)) {
      throw new IllegalArgumentException("no way called " + way + "; " + USAGE);
    }
    var command = new ArrayList<String>();
    for (String flag : Files.readAllLines(SHIPPED)) {
      boolean replaced = flag.startsWith("#") || flag.endsWith("GC") || flag.startsWith("-Xm");
      if (!replaced && !flag.isBlank()) {
        command.add(flag);
      }
    }
    command.addAll(WAYS.get(way));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** What the fastest does in a second. */
  private double warmUp(int seconds) {
    double most = 0;
    for (Map.Entry<String, Side> each : sides.entrySet()) {
      Load load = load(each.getValue(), 0, seconds);
      System.out.println("  warming up " + each.getKey() + ": " + load);
      most = Math.max(most, load.perSecond());
    }
    return most;
  }

  private Load load(Side side, long rate, int seconds) {
    return Awaiting.result(
        HttpLoad.run(
            rig.vertx(),
            Requests.ledger(side.gateway.target(), Workload.UNIFORM),
            CONNECTIONS,
            rate,
            SKIPPED_SECONDS,
            seconds));
  }

  private void round(long rate, int seconds) {
    for (Map.Entry<String, Side> each : sides.entrySet()) {
      Side side = each.getValue();
      long before = side.processorMicros();
      Load load = load(side, rate, seconds);
      side.micros += side.processorMicros() - before;
      side.atRate = side.atRate.and(load);
      side.slices.add(load);
      Load full = load(side, 0, seconds);
      side.full = side.full.and(full);
      System.out.println("  " + each.getKey() + ": " + load + "; at full speed " + full);
    }
  }

  private boolean conclude() throws Exception {
    var lines = new ArrayList<String>();
    long errors = 0;
    for (Map.Entry<String, Side> each : sides.entrySet()) {
      Side side = each.getValue();
      lines.add(side.line(each.getKey()));
      errors += side.atRate.errors() + side.full.errors();
    }
    List<Product.Gateway> gateways = sides.values().stream().map(side -> side.gateway).toList();
    return rig.conclude(gateways, lines) && errors == 0;
  }

  /** One way to run a gateway, and what came out. */
  private static final class Side {
    private final Product.Gateway gateway;
    private Load atRate = Load.NONE;
    private final Slices slices = new Slices();
    private Load full = Load.NONE;
    private long micros;

    Side(Product.Gateway gateway) {
      this.gateway = gateway;
    }

    long processorMicros() {
      return ProcessorTime.of(gateway.process().pid());
    }

    String line(String name) throws Exception {
      return String.format(
          Locale.ROOT,
          "%s: p50 %.2f ms, p99 %.2f ms (median of slices; %.2f of all), p99.9 %.2f ms, %d µs of"
              + " the gateway a transfer; at full speed %,.0f/s, p99 %.2f ms; %d MiB resident at"
              + " most",
          name,
          millis(atRate.p50Micros()),
          slices.p99Micros() / TimeUnit.MILLISECONDS.toMicros(1),
          millis(atRate.p99Micros()),
          millis(atRate.p999Micros()),
          micros / Math.max(1, atRate.transfers()),
          full.perSecond(),
          millis(full.p99Micros()),
          gateway.process().peakResidentMiB());
    }

    private static double millis(long micros) {
      return micros / (double) TimeUnit.MILLISECONDS.toMicros(1);
    }
  }
}
