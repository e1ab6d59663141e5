package io.sluice.loadtest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the comparison is asked to do.
 *
 * @param rounds how often everything is measured, in turn
 * @param seconds how long each figure is measured
 * @param warmUpSeconds how long each JVM is loaded before anything counts
 * @param accounts in each set of accounts
 * @param postgresql which server, as {@link Server#start} takes it
 * @param jar the packaged product, which is then started with {@code -jar}, and with the
 *     ahead-of-time cache {@code sluice.aot} beside it if there is one; empty starts the compiled
 *     classes
 * @param out where the report goes
 * @param scripts the folder of the pgbench scripts
 */
record Settings(
    int rounds,
    int seconds,
    int warmUpSeconds,
    int accounts,
    Optional<String> postgresql,
    Optional<Path> jar,
    Path out,
    Path scripts) {
  private static final String USAGE =
      "options: --rounds=3 --seconds=10 --warm-up=25 --accounts=100000 --out=target/compare"
          + " --postgresql=DIRECTORY or embedded (the default is the installed one)"
          + " --jar=FILE (else the compiled classes)";

  static Settings of(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException(USAGE);
      }
      given.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
    var settings =
        new Settings(
            number(given, "rounds", 3),
            number(given, "seconds", 10),
            number(given, "warm-up", 25),
            number(given, "accounts", 100_000),
            Optional.ofNullable(given.get("postgresql")),
            Optional.ofNullable(given.get("jar")).map(Path::of),
            Path.of(given.getOrDefault("out", "target/compare")),
            Path.of("pgbench"));
    given
        .keySet()
        .removeAll(List.of("rounds", "seconds", "warm-up", "accounts", "postgresql", "jar", "out"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown " + given.keySet() + "; " + USAGE);
    }
    return settings;
  }

  private static int number(Map<String, String> given, String name, int byDefault) {
    return Integer.parseInt(given.getOrDefault(name, Integer.toString(byDefault)));
  }
}
