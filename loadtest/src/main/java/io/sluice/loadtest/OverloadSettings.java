package io.sluice.loadtest;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the measurement of overload is asked to do.
 *
 * @param seconds how long each slice takes
 * @param warmUpSeconds how long the gateway is loaded before anything counts
 * @param accounts of the tenant that is loaded
 * @param connections of a closed load; an open load has sixteen times as many, at most 4,096, but
 *     where the database is the limit as many, as whoever is turned away is so at once
 * @param rows of the tenant whose lists are read
 * @param narrow whether the database can do so little that the machine has room for all that is
 *     turned away: one lane carries out one transfer at a time, and commits are slow
 * @param postgresql which server, as {@link Server#start} takes it
 * @param jar the packaged product; empty starts the compiled classes
 */
record OverloadSettings(
    int seconds,
    int warmUpSeconds,
    int accounts,
    int connections,
    int rows,
    boolean narrow,
    Optional<String> postgresql,
    Optional<Path> jar) {
  private static final String USAGE =
      "options: --seconds=8 (1 to 60) --warm-up=20 (1 to 120) --accounts=20000 (100 to 1000000)"
          + " --connections=256 (2 to 1000) --rows=1000000 (1000 to 10000000)"
          + " --limited-by=machine or database (then without the locked account)"
          + " --postgresql=DIRECTORY or embedded (the default is the installed one) --jar=FILE"
          + " (else the compiled classes)";

  private static final Set<String> LIMITS = Set.of("machine", "database");

  static OverloadSettings of(String[] args) {
    var options = new Options(args, USAGE);
    var settings =
        new OverloadSettings(
            options.number("seconds", 8, 1, 60),
            options.number("warm-up", 20, 1, 120),
            options.number("accounts", 20_000, 100, 1_000_000),
            options.number("connections", 256, 2, 1_000),
            options.number("rows", 1_000_000, 1_000, 10_000_000),
            limit(options.text("limited-by").orElse("machine")).equals("database"),
            options.text("postgresql"),
            options.text("jar").map(Path::of));
    options.end();
    return settings;
  }

  private static String limit(String name) {
    if (!LIMITS.contains(name)) {
      throw new IllegalArgumentException(USAGE);
    }
    return name;
  }

  /** Environment of the gateway. */
  Map<String, String> environment() {
    return narrow
        ? Map.of(
            "SLUICE_PIPELINE_LANES", "1",
            "SLUICE_PIPELINE_MAX_BATCH_LEGS", "2",
            "SLUICE_PIPELINE_MAX_WAIT_MS", "10")
        : Map.of();
  }
}
