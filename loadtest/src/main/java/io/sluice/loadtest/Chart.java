package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures a gateway against the number of connections, and against the share of transfers that
 * debit one account, and draws both. All levels are measured in each round, in turn, so that a
 * machine that becomes slower bends no curve.
 */
public final class Chart {
  private static final int HOT_CONNECTIONS = 256;
  private static final String USAGE =
      "options: --rounds=3 --seconds=8 --warm-up=40 --accounts=20000 --connections=1,8,64,256,1024"
          + " --hot=0,10,25,50,100 (percent) --out=FILE.svg --postgresql=DIRECTORY or embedded"
          + " (the default is the installed one) --jar=FILE (else the compiled classes)";

  private final ProductRig rig;
  private final Target target;
  private final Map<Level, Measured> levels = new LinkedHashMap<>();
  private long errors;

  /**
   * What is varied.
   *
   * @param hotPercent of the transfers that debit one account
   */
  private record Level(int connections, int hotPercent) {}

  /** What a level came to, round by round. */
  private record Measured(Series perSecond, Series p50Ms, Series p99Ms) {
    Measured() {
      this(new Series(), new Series(), new Series());
    }

    void add(Load load) {
      perSecond.add(load.perSecond());
      p50Ms.add(load.p50Micros() / 1e3);
      p99Ms.add(load.p99Micros() / 1e3);
    }
  }

  private record Settings(
      int rounds,
      int seconds,
      int warmUp,
      int accounts,
      List<Integer> connections,
      List<Integer> hot,
      Path out,
      Optional<String> postgresql,
      Optional<Path> jar) {
    static Settings of(String[] args) {
      var options = new Options(args, USAGE);
      var settings =
          new Settings(
              options.number("rounds", 3, 1, 20),
              options.number("seconds", 8, 1, 60),
              options.number("warm-up", 40, 1, 300),
              options.number("accounts", 20_000, 100, 1_000_000),
              numbers(options.text("connections").orElse("1,8,64,256,1024")),
              numbers(options.text("hot").orElse("0,10,25,50,100")),
              Path.of(options.text("out").orElse("target/load.svg")),
              options.text("postgresql"),
              options.text("jar").map(Path::of));
      options.end();
      return settings;
    }

    private static List<Integer> numbers(String list) {
      return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    }
  }

  private Chart(ProductRig rig, Target target) {
    this.rig = rig;
    this.target = target;
  }

  /** Ends with 1 when a request failed or the books are not whole. */
  public static void main(String[] args) throws Exception {
    Settings settings = Settings.of(args);
    boolean clean;
    try (var cleanup = new Cleanup()) {
      ProductRig rig = ProductRig.open(cleanup, "chart", settings.postgresql(), settings.jar());
      Product.Gateway gateway = rig.product().gateway(rig.database(), Map.of(), cleanup);
      var provision =
          new Provision(
              gateway.target().port(), gateway.managementPort(), rig.product().adminToken());
      var chart = new Chart(rig, provision.ledgers("chart", settings.accounts()));
      chart.measure(settings);
      chart.draw(settings);
      clean = rig.conclude(gateway, List.of()) && chart.errors == 0;
    }
    System.exit(clean ? 0 : 1);
  }

  private void measure(Settings settings) {
    System.out.println("warming up");
    load(new Level(HOT_CONNECTIONS, 0), settings.warmUp());
    for (int round = 1; round <= settings.rounds(); round++) {
      System.out.printf("round %d of %d%n", round, settings.rounds());
      for (Level level : levels(settings)) {
        Load load = load(level, settings.seconds());
        System.out.printf("  %s: %s%n", level, load);
        levels.computeIfAbsent(level, each -> new Measured()).add(load);
        errors += load.errors();
      }
    }
  }

  private static List<Level> levels(Settings settings) {
    Stream<Level> connections = settings.connections().stream().map(n -> new Level(n, 0));
    Stream<Level> hot = settings.hot().stream().map(n -> new Level(HOT_CONNECTIONS, n));
    return Stream.concat(connections, hot).distinct().toList();
  }

  private Load load(Level level, int seconds) {
    Requests requests = Requests.ledger(target, level.hotPercent());
    return Awaiting.result(HttpLoad.run(rig.vertx(), requests, level.connections(), 0, 1, seconds));
  }

  private void draw(Settings settings) throws IOException {
    var panels = new ArrayList<Plot.Panel>();
    panels.add(
        new Plot.Panel(
            "Single transfers over HTTP against connections",
            "connections, each with one request in flight; accounts at random",
            settings.connections().stream()
                .map(n -> point(Integer.toString(n), new Level(n, 0)))
                .toList()));
    panels.add(
        new Plot.Panel(
            "… against the share that one account pays",
            "share of the transfers that debit one account; " + HOT_CONNECTIONS + " connections",
            settings.hot().stream()
                .map(n -> point(n + " %", new Level(HOT_CONNECTIONS, n)))
                .toList()));
    Files.writeString(settings.out(), new Plot(panels).svg());
    levels.forEach(
        (level, measured) ->
            System.out.printf(
                Locale.ROOT,
                "| %d | %d %% | %s | %s | %s |%n",
                level.connections(),
                level.hotPercent(),
                measured.perSecond().text("%,.0f"),
                measured.p50Ms().text("%.1f"),
                measured.p99Ms().text("%.1f")));
    System.out.println("drawn into " + settings.out().toAbsolutePath().normalize());
  }

  private Plot.Point point(String label, Level level) {
    Measured measured = levels.get(level);
    return new Plot.Point(
        label, measured.perSecond().median(), measured.p50Ms().median(), measured.p99Ms().median());
  }
}
