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
  private final Machine machine;

  Report(Measurements measured, Settings settings, String server, Machine machine) {
    this.measured = measured;
    this.settings = settings;
    this.server = server;
    this.machine = machine;
  }

  void write() throws IOException {
    String table = header() + goals() + figures();
    Files.writeString(settings.out().resolve("goals.md"), table);
    Files.writeString(settings.out().resolve("figures.csv"), csv());
    if (!settings.brief()) {
      Files.writeString(
          settings.out().resolve("latency.svg"), new Plot(List.of(connections())).svg());
    }
    System.out.println(table);
  }

  private String header() throws IOException {
    return String.format(
        Locale.ROOT,
        "Measured %s: %d rounds of %d s a figure, %,d accounts, %d processors, Java %s; %s;"
            + " %s.%n%n",
        LocalDate.now(),
        settings.rounds(),
        settings.seconds(),
        settings.accounts(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        server,
        machine);
  }

  private String goals() {
    var out =
        new StringBuilder(
            "| goal | measured, median (range) | must | stretch | must met |\n"
                + "|---|---|---|---|---|\n");
    Goals.of(measured).forEach(goal -> out.append(goal.row()));
    return out.append('\n').toString();
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

  private Plot.Panel connections() {
    List<Plot.Point> points =
        Measurements.SWEEP.stream()
            .map(
                n ->
                    new Plot.Point(
                        Integer.toString(n),
                        measured.figure("sweep " + n + " /s").median(),
                        measured.figure("sweep " + n + " p50 ms").median(),
                        measured.figure("sweep " + n + " p99 ms").median()))
            .toList();
    return new Plot.Panel(
        "Transfers over HTTP against concurrent connections",
        "connections, each with one request in flight",
        points);
  }
}
