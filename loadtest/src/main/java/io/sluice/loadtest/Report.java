package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Writes what was measured: the goals as a table, every figure as CSV, latency as a plot. */
final class Report {
  private final Measurements measured;
  private final Settings settings;
  private final String server;

  Report(Measurements measured, Settings settings, String server) {
    this.measured = measured;
    this.settings = settings;
    this.server = server;
  }

  /** One goal: a figure, and what it must and would ideally reach. */
  private record Goal(String name, Series value, String must, String stretch, boolean met) {}

  void write() throws IOException {
    String table = header() + goals() + figures();
    Files.writeString(settings.out().resolve("goals.md"), table);
    Files.writeString(settings.out().resolve("figures.csv"), csv());
    Files.writeString(settings.out().resolve("latency.svg"), new Plot(points()).svg());
    System.out.println(table);
  }

  private String header() throws IOException {
    return String.format(
        Locale.ROOT,
        "Measured %s: %d rounds of %d s a figure, %,d accounts, %d processors, Java %s; %s.%n%n",
        LocalDate.now(),
        settings.rounds(),
        settings.seconds(),
        settings.accounts(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        server);
  }

  private String goals() {
    var out =
        new StringBuilder(
            "| goal | measured, median (range) | must | stretch | must met |\n"
                + "|---|---|---|---|---|\n");
    for (Goal goal : goalList()) {
      out.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  goal.name(),
                  goal.value().text("%.2f"),
                  goal.must(),
                  goal.stretch(),
                  goal.met() ? "yes" : "**no**"));
    }
    return out.append('\n').toString();
  }

  private List<Goal> goalList() {
    return List.of(
        atLeast(
            "HTTP, uniform, 256 connections ÷ pgbench function",
            ratio("http uniform", "pgbench function uniform"),
            2.0,
            2.6),
        atLeast(
            "HTTP, hot source ÷ pgbench function on it",
            ratio("http hot-source", "pgbench function hot-source"),
            5,
            10),
        atLeast(
            "HTTP ÷ one function call a transfer through the same HTTP stack",
            ratio("http uniform", "function over http"),
            3.5,
            5),
        atLeast(
            "pipeline ÷ pgbench function, uniform",
            ratio("pipeline uniform", "pgbench function uniform"),
            3.5,
            5),
        atLeast(
            "pipeline ÷ pgbench function, hot source",
            ratio("pipeline hot-source", "pgbench function hot-source"),
            9,
            12),
        atLeast("pipeline ÷ COPY ceiling", ratio("pipeline uniform", "ceiling"), 0.30, 0.45),
        atMost(
            "p50 at one connection ÷ unbatched design",
            ratio("p50 alone ms", "p50 alone unbatched ms"),
            1.0,
            0.9),
        atMost(
            "others' p99 beside a hot account ÷ beside as many uniform transfers",
            ratio("others p99 beside a hot account ms", "others p99 beside uniform ms"),
            2.0),
        atMost(
            "small transfers' p99 beside 100-recipient ones ÷ beside as many legs of 1",
            ratio("small p99 beside recipients 100 ms", "small p99 beside recipients 1 ms"),
            2.0),
        atMost("p99 at half load, open model, ms", measured.figure("half load p99 ms"), 15, 8),
        atMost(
            "memory of the JVM, MiB resident at most", measured.figure("resident MiB"), 512, 256),
        atMost(
            "start to first 2xx on an existing database, ms",
            measured.figure("start ms"),
            2_000,
            1_000));
  }

  private Series ratio(String figure, String other) {
    return measured.figure(figure).over(measured.figure(other));
  }

  private static Goal atLeast(String name, Series value, double must, double stretch) {
    return new Goal(name, value, "≥ " + must, "≥ " + stretch, value.median() >= must);
  }

  private static Goal atMost(String name, Series value, double must, double stretch) {
    return new Goal(name, value, "≤ " + must, "≤ " + stretch, value.median() <= must);
  }

  private static Goal atMost(String name, Series value, double must) {
    return new Goal(name, value, "≤ " + must, "", value.median() <= must);
  }

  private String figures() {
    var out = new StringBuilder("| figure | median (range) |\n|---|---|\n");
    measured
        .all()
        .forEach(
            (name, series) -> out.append("| %s | %s |%n".formatted(name, series.text("%,.2f"))));
    return out.append('\n').toString();
  }

  private String csv() {
    var out = new StringBuilder("figure,median,min,max\n");
    measured
        .all()
        .forEach(
            (name, series) ->
                out.append(
                    String.format(
                        Locale.ROOT,
                        "%s,%.3f,%.3f,%.3f%n",
                        name,
                        series.median(),
                        series.min(),
                        series.max())));
    return out.toString();
  }

  private List<Plot.Point> points() {
    return Measurements.SWEEP.stream()
        .map(
            n ->
                new Plot.Point(
                    n,
                    measured.figure("sweep " + n + " /s").median(),
                    measured.figure("sweep " + n + " p50 ms").median(),
                    measured.figure("sweep " + n + " p99 ms").median()))
        .toList();
  }
}
