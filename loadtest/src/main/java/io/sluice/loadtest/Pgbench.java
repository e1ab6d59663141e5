package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** The anchor: hand-written SQL, driven by PostgreSQL's own benchmark program. */
final class Pgbench {
  private static final Pattern THROUGHPUT = Pattern.compile("(?m)^tps = ([0-9.]+)");
  private static final Pattern PROCESSED =
      Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");

  private final Database database;
  private final Path scripts;
  private final int accounts;

  Pgbench(Database database, Path scripts, int accounts) {
    this.database = database;
    this.scripts = scripts;
    this.accounts = accounts;
  }

  /** Makes the hand-written tables and function in the database. */
  void prepare() throws IOException, InterruptedException {
    run(
        List.of(
            "psql",
            "-q",
            "-X",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            "accounts=" + accounts,
            "-f",
            scripts.resolve("schema.sql").toString()));
  }

  /**
   * Runs one script; what took how long is not known of it.
   *
   * @param design {@code interactive} or {@code function}
   */
  Load load(String design, Workload workload, int clients, int seconds)
      throws IOException, InterruptedException {
    String script = scripts.resolve(design + "-" + workload.label() + ".sql").toString();
    String output =
        run(
            List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(clients),
                "-j",
                "2",
                "-T",
                Integer.toString(seconds),
                "-D",
                "accounts=" + accounts,
                "-f",
                script));
    long answered = Math.round(number(THROUGHPUT, output) * seconds);
    return new Load(new Histogram(2), answered, seconds, 0, Math.round(number(PROCESSED, output)));
  }

  private static double number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("pgbench printed no " + pattern + ":\n" + output);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
    builder.environment().put("PGHOST", database.host());
    builder.environment().put("PGPORT", Integer.toString(database.port()));
    builder.environment().put("PGUSER", database.user());
    database.password().ifPresent(password -> builder.environment().put("PGPASSWORD", password));
    builder.environment().put("PGDATABASE", database.name());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }
}
