package io.sluice.loadtest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the measurement of events and expiry is asked to do.
 *
 * @param rate transfers due each second
 * @param seconds how long each slice takes
 * @param rounds how often transfers are measured with an endpoint and without
 * @param warmUpSeconds how long the gateway is loaded before anything counts
 * @param participants who transfer, and have lots
 * @param lots that expire, a multiple of the participants; 0 leaves expiry out
 * @param limitSeconds how long their expiry may take at most
 * @param postgresql which server, as {@link Server#start} takes it
 * @param jar the packaged product; empty starts the compiled classes
 */
record EventsSettings(
    int rate,
    int seconds,
    int rounds,
    int warmUpSeconds,
    int participants,
    int lots,
    int limitSeconds,
    Optional<String> postgresql,
    Optional<Path> jar) {
  private static final String USAGE =
      "options: --rate=500 (1 to 100000) --seconds=10 (1 to 60) --rounds=3 (1 to 20) --warm-up=60"
          + " (1 to 120) --participants=10000 (2 to 100000) --lots=100000 (a multiple of them, up"
          + " to 10000000; 0 leaves expiry out) --limit=600 (1 to 3600) --postgresql=DIRECTORY or"
          + " embedded (the default is the installed one) --jar=FILE (else the compiled classes)";

  EventsSettings {
    if (lots % participants != 0) {
      throw new IllegalArgumentException(USAGE);
    }
  }

  static EventsSettings of(String[] args) {
    var options = new Options(args, USAGE);
    var settings =
        new EventsSettings(
            options.number("rate", 500, 1, 100_000),
            options.number("seconds", 10, 1, 60),
            options.number("rounds", 3, 1, 20),
            options.number("warm-up", 60, 1, 120),
            options.number("participants", 10_000, 2, 100_000),
            options.number("lots", 100_000, 0, 10_000_000),
            options.number("limit", 600, 1, 3_600),
            options.text("postgresql"),
            options.text("jar").map(Path::of));
    options.end();
    return settings;
  }
}
