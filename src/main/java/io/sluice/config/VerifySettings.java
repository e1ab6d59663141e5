package io.sluice.config;

/**
 * How the books are verified.
 *
 * @param sessions connections that share the work, 1 or more
 * @param exact whether what sums of hashes have found equal is compared row by row too
 * @param memoryBytes what ids of accounts may take outside the heap; 0 has PostgreSQL look them up
 */
public record VerifySettings(int sessions, boolean exact, long memoryBytes) {
  public static final Section<VerifySettings> SECTION = new Section<>(VerifySettings::read);

  /** More than that by default would take too much of a server that has other things to do. */
  private static final int MAX_USUAL_SESSIONS = 4;

  private static final long BYTES_A_MIB = 1 << 20;

  private static VerifySettings read(Keys keys) {
    int sessions =
        keys.about(
                "How many connections to PostgreSQL share the work of verify. Each sorts in 64 MB"
                    + " and hashes in twice that, and on disk what is more. 0 takes one for each"
                    + " processor of this machine, at most 4.")
            .integer("verify.sessions", 0, 0, 64);
    boolean exact =
        keys.about(
                "Whether verify also compares row by row what sums of hashes have shown to be"
                    + " equal. They miss a difference once in 2^60 runs; comparing takes many times"
                    + " as long.")
            .flag("verify.exact", false);
    long memory =
        keys.about(
                "How many MiB verify may take outside the heap for ids of accounts, 32 bytes each;"
                    + " it takes what the tenant with the most accounts needs. If that is more,"
                    + " PostgreSQL looks up two ids for each sealed transfer, which takes several"
                    + " times as long.")
            .integer("verify.memoryMib", 512, 0, 65_536);
    return new VerifySettings(
        sessions > 0 ? sessions : usualSessions(), exact, memory * BYTES_A_MIB);
  }

  private static int usualSessions() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MAX_USUAL_SESSIONS);
  }
}
