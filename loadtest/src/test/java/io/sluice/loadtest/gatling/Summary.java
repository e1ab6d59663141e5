package io.sluice.loadtest.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what counts out of Gatling's statistics and adds it to a table. Only the measured transfers
 * count, not the warm-up; errors count wherever they were.
 */
public final class Summary {
  private static final String HEADER =
      "date,simulation,workload,model,users_or_rate,seconds,requests,errors,requests_per_second,"
          + "p50_ms,p99_ms";
  private static final String ALL = "All Requests";

  // Gatling writes its figures nowhere but into the table of its HTML report.
  private static final Pattern ROW =
      Pattern.compile("class=\"ellipsed-name\">([^<]*)<.*?</tr>", Pattern.DOTALL);

  private Summary() {}

  /** The columns of the table. */
  private enum Column {
    TOTAL(2),
    FAILED(4),
    P50(8),
    P99(11);

    private final Pattern cell;

    Column(int number) {
      cell = Pattern.compile("class=\"value [a-z]+ col-" + number + "\">([0-9.]+|-)<");
    }

    String of(String row) {
      Matcher found = cell.matcher(row);
      if (!found.find()) {
        throw new IllegalStateException("Gatling's report has no column " + this);
      }
      return found.group(1);
    }

    long numberOf(String row) {
      return Long.parseLong(of(row));
    }
  }

  /**
   * Arguments: the report's folder, the table's file, then the run: simulation, workload, model,
   * users or rate, seconds. Ends with 1 when a request failed or nothing was measured.
   */
  public static void main(String[] args) throws IOException {
    String report = Files.readString(Path.of(args[0]).resolve("index.html"));
    List<String> run = List.of(args).subList(2, args.length);
    String measured = row(report, run.getFirst());
    long requests = Column.TOTAL.numberOf(measured);
    long errors = Column.FAILED.numberOf(row(report, ALL));
    double seconds = Double.parseDouble(run.getLast());
    var line = new ArrayList<String>();
    line.add(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    line.addAll(run);
    line.add(Long.toString(requests));
    line.add(Long.toString(errors));
    line.add(String.format(Locale.ROOT, "%.1f", requests / seconds));
    line.add(Column.P50.of(measured));
    line.add(Column.P99.of(measured));
    add(Path.of(args[1]), String.join(",", line));
    System.out.println(HEADER + System.lineSeparator() + String.join(",", line));
    System.exit(errors == 0 && requests > 0 ? 0 : 1);
  }

  private static String row(String report, String name) {
    Matcher row = ROW.matcher(report);
    while (row.find()) {
      if (row.group(1).equals(name)) {
        return row.group();
      }
    }
    throw new IllegalStateException("Gatling measured no request called " + name);
  }

  private static void add(Path table, String line) throws IOException {
    if (!Files.exists(table)) {
      Files.writeString(table, HEADER + System.lineSeparator());
    }
    Files.writeString(table, line + System.lineSeparator(), StandardOpenOption.APPEND);
  }
}
