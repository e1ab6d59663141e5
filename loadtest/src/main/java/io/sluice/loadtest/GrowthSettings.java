package io.sluice.loadtest;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a measurement of growth is asked to do.
 *
 * @param sizes of the databases, the smallest first
 * @param rounds how often each is measured, in turn
 * @param seconds how long each figure is measured
 * @param warmUpSeconds how long each pipeline and each gateway is loaded before anything counts
 * @param settleSeconds how long at most each database is loaded after the checkpoint, until its
 *     pages have been changed once
 * @param sharedBuffers of the one server that holds them all, as PostgreSQL writes it
 * @param settings further ones of the server
 * @param variants settings, each measured in every round, to compare them; may be empty
 * @param verifyMinutes how long verifying may take; 0 verifies nothing
 * @param books where the server's data are kept, and used again if they are there; empty for a
 *     throw-away folder
 * @param postgresql the directory of the installed server's programs
 * @param out where the figures go
 */
record GrowthSettings(
    List<Size> sizes,
    int rounds,
    int seconds,
    int warmUpSeconds,
    int settleSeconds,
    String sharedBuffers,
    Map<String, String> settings,
    List<String> variants,
    int verifyMinutes,
    Optional<Path> books,
    Optional<String> postgresql,
    Path out) {
  /** A third of the machine: what is usual for a database server, and leaves room for the rest. */
  private static final int MEMORY_SHARE = 3;

  private static final int BYTES_A_MIB = 1 << 20;
  private static final Set<String> WITHOUT_DEFAULT = Set.of("books", "postgresql");

  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("accounts", "100000,10000000"),
              Map.entry("postings", "1000000,100000000"),
              Map.entry("rounds", "3"),
              Map.entry("seconds", "10"),
              Map.entry("warm-up", "25"),
              Map.entry("settle", "600"),
              Map.entry("shared-buffers", memory() / MEMORY_SHARE / BYTES_A_MIB + "MB"),
              Map.entry("set", ""),
              Map.entry("variants", ""),
              Map.entry("verify-minutes", "30"),
              Map.entry("out", "target/growth")));

  /**
   * One database.
   *
   * @param turns how many postings each account has
   */
  record Size(int accounts, int turns) {
    /** What PostgreSQL needs for an account, its holder and their indexes. */
    private static final long BYTES_AN_ACCOUNT = 600;

    /** What it needs for a posting, half a transfer, and their indexes. */
    private static final long BYTES_A_POSTING = 200;

    /** What it will take on disk. */
    long bytes() {
      return accounts * (BYTES_AN_ACCOUNT + turns * BYTES_A_POSTING);
    }

    @Override
    public String toString() {
      return "%,d accounts, %,d postings".formatted(accounts, (long) accounts * turns);
    }
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Reads {@code --name=value}; names and defaults are said in the message of a wrong one. */
  static GrowthSettings of(String[] args) {
    Map<String, String> given = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? "" : arg.substring(2, equals);
      if (!arg.startsWith("--")
          || !(DEFAULTS.containsKey(name) || WITHOUT_DEFAULT.contains(name))) {
        throw new IllegalArgumentException(
            "no option %s; there are --name=value with %s and %s"
                .formatted(arg, DEFAULTS, WITHOUT_DEFAULT));
      }
      given.put(name, arg.substring(equals + 1));
    }
    return new GrowthSettings(
        sizes(list(given.get("accounts")), list(given.get("postings"))),
        Integer.parseInt(given.get("rounds")),
        Integer.parseInt(given.get("seconds")),
        Integer.parseInt(given.get("warm-up")),
        Integer.parseInt(given.get("settle")),
        given.get("shared-buffers"),
        pairs(list(given.get("set"))),
        list(given.get("variants")),
        Integer.parseInt(given.get("verify-minutes")),
        Optional.ofNullable(given.get("books")).map(Path::of).map(Path::toAbsolutePath),
        Optional.ofNullable(given.get("postgresql")),
        Path.of(given.get("out")));
  }

  private static List<Size> sizes(List<String> accounts, List<String> postings) {
    if (accounts.size() != postings.size() || accounts.size() < 2) {
      throw new IllegalArgumentException("--accounts and --postings name two sizes or more each");
    }
    var sizes = new ArrayList<Size>();
    for (int i = 0; i < accounts.size(); i++) {
      int count = Integer.parseInt(accounts.get(i));
      long lines = Long.parseLong(postings.get(i));
      if (count < 2 || count % 2 != 0 || lines < count || lines % count != 0) {
        throw new IllegalArgumentException(
            "accounts are even, and postings a multiple of them; not " + count + " and " + lines);
      }
      sizes.add(new Size(count, (int) (lines / count)));
    }
    return sizes;
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
  }

  static Map<String, String> pairs(List<String> texts) {
    var pairs = new TreeMap<String, String>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a setting is name=value, not " + text);
      }
      pairs.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return pairs;
  }
}
