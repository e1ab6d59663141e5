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
 * @param brief only what the goals are about and can be measured in little time
 * @param before the checkout of another build, to be compared with this one instead of with
 *     hand-written SQL
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
    boolean brief,
    Optional<Path> before,
    Optional<String> postgresql,
    Optional<Path> jar,
    Path out,
    Path scripts) {
  private static final List<String> NAMES =
      List.of(
          "short",
          "before",
          "rounds",
          "seconds",
          "warm-up",
          "accounts",
          "postgresql",
          "jar",
          "out");

  private static final String USAGE =
      "options: --short --before=CHECKOUT"
          + " --rounds=3 --seconds=10 --warm-up=25 --accounts=100000 --out=target/compare"
          + " --postgresql=DIRECTORY or embedded (the default is the installed one)"
          + " --jar=FILE (else the compiled classes)";

  /** What differs by how much time there is: rounds, seconds, warm-up, accounts. */
  private enum Size {
    FULL(3, 10, 25, 100_000),
    SHORT(1, 4, 12, 20_000),
    BUILDS(3, 6, 24, 50_000),
    SHORT_BUILDS(2, 3, 12, 20_000);

    private final int rounds;
    private final int seconds;
    private final int warmUp;
    private final int accounts;

    Size(int rounds, int seconds, int warmUp, int accounts) {
      this.rounds = rounds;
      this.seconds = seconds;
      this.warmUp = warmUp;
      this.accounts = accounts;
    }

    static Size of(boolean brief, boolean builds) {
      if (builds) {
        return brief ? SHORT_BUILDS : BUILDS;
      }
      return brief ? SHORT : FULL;
    }
  }

  static Settings of(String[] args) {
    Map<String, String> given = given(args);
    boolean brief = given.containsKey("short");
    Size size = Size.of(brief, given.containsKey("before"));
    var settings =
        new Settings(
            number(given, "rounds", size.rounds),
            number(given, "seconds", size.seconds),
            number(given, "warm-up", size.warmUp),
            number(given, "accounts", size.accounts),
            brief,
            Optional.ofNullable(given.get("before")).map(Path::of),
            Optional.ofNullable(given.get("postgresql")),
            Optional.ofNullable(given.get("jar")).map(Path::of),
            Path.of(given.getOrDefault("out", "target/compare")),
            Path.of("pgbench"));
    given.keySet().removeAll(NAMES);
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown " + given.keySet() + "; " + USAGE);
    }
    return settings;
  }

  private static Map<String, String> given(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (arg.equals("--short")) {
        given.put("short", "");
      } else if (arg.startsWith("--") && equals > 0) {
        given.put(arg.substring(2, equals), arg.substring(equals + 1));
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return given;
  }

  private static int number(Map<String, String> given, String name, int byDefault) {
    return Integer.parseInt(given.getOrDefault(name, Integer.toString(byDefault)));
  }
}
