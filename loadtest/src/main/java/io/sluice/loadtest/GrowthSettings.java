package io.sluice.loadtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a measurement of growth is asked to do.
 *
 * @param sizes of the databases, the smallest first
 * @param rounds how often each is measured, in turn
 * @param seconds how long each figure is measured
 * @param warmUpSeconds how long each pipeline and each gateway is loaded before anything counts
 * @param sharedBuffers of the one server that holds them all, as PostgreSQL writes it
 * @param settings further ones of the server
 * @param variants settings, each measured in every round, to compare them; may be empty
 * @param verifyMinutes how long verifying may take; 0 verifies nothing
 * @param postgresql the directory of the installed server's programs
 * @param out where the figures go
 */
record GrowthSettings(
    List<Size> sizes,
    int rounds,
    int seconds,
    int warmUpSeconds,
    String sharedBuffers,
    Map<String, String> settings,
    List<String> variants,
    int verifyMinutes,
    Optional<String> postgresql,
    Path out) {
  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.of(
              "accounts", "100000,10000000",
              "postings", "1000000,100000000",
              "rounds", "3",
              "seconds", "10",
              "warm-up", "25",
              "shared-buffers", "512MB",
              "set", "",
              "variants", "",
              "verify-minutes", "30",
              "out", "target/growth"));

  /**
   * One database.
   *
   * @param turns how many postings each account has
   */
  record Size(int accounts, int turns) {
    /** What PostgreSQL needs for an account, its holder and their indexes. */
    private static final long BYTES_AN_ACCOUNT = 1_000;

    /** What it needs for a posting, half a transfer, and their indexes. */
    private static final long BYTES_A_POSTING = 310;

    /** What it will take on disk. */
    long bytes() {
      return accounts * (BYTES_AN_ACCOUNT + turns * BYTES_A_POSTING);
    }

    @Override
    public String toString() {
      return "%,d accounts, %,d postings".formatted(accounts, (long) accounts * turns);
    }
  }

  /** Reads {@code --name=value}; names and defaults are said in the message of a wrong one. */
  static GrowthSettings of(String[] args) {
    Map<String, String> given = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? "" : arg.substring(2, equals);
      if (!arg.startsWith("--") || !(DEFAULTS.containsKey(name) || name.equals("postgresql"))) {
        throw new IllegalArgumentException(
            "no option " + arg + "; there are --name=value with " + DEFAULTS + " and postgresql");
      }
      given.put(name, arg.substring(equals + 1));
    }
    return new GrowthSettings(
        sizes(list(given.get("accounts")), list(given.get("postings"))),
        Integer.parseInt(given.get("rounds")),
        Integer.parseInt(given.get("seconds")),
        Integer.parseInt(given.get("warm-up")),
        given.get("shared-buffers"),
        pairs(list(given.get("set"))),
        list(given.get("variants")),
        Integer.parseInt(given.get("verify-minutes")),
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
