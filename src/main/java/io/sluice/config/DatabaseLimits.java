package io.sluice.config;

/**
 * What a connection to PostgreSQL may use. Times are in milliseconds.
 *
 * @param poolSize connections of the general pool; the pipeline's lanes come on top
 * @param poolWaitQueue how many calls may wait for a connection before the next one fails at once
 * @param connectionTimeoutMs how long a call may wait for a connection
 */
public record DatabaseLimits(
    int poolSize,
    int poolWaitQueue,
    int connectionTimeoutMs,
    int statementTimeoutMs,
    int lockTimeoutMs,
    int idleInTransactionTimeoutMs) {
  /** The values of an untouched configuration. */
  public static final DatabaseLimits DEFAULTS = new Section<>(DatabaseLimits::read).defaults();

  static DatabaseLimits read(Keys keys) {
    return new DatabaseLimits(
        keys.about("Connections for everything but transfers.")
            .integer("database.poolSize", 8, 1, 1_000),
        keys.about("How many calls may wait for one of them.")
            .integer("database.poolWaitQueue", 1_000, 0, Bounds.MILLION),
        keys.about("How long a call waits for a connection, in milliseconds.")
            .integer("database.connectionTimeoutMs", 5_000, 1_000, 600_000),
        keys.about("After how many milliseconds PostgreSQL cancels a statement.")
            .integer("database.statementTimeoutMs", 10_000, 100, Bounds.DAY_MS),
        keys.about("After how many milliseconds PostgreSQL gives up waiting for a row lock.")
            .integer("database.lockTimeoutMs", 5_000, 100, Bounds.DAY_MS),
        keys.about(
                "After how many milliseconds PostgreSQL ends a connection that idles inside a"
                    + " transaction.")
            .integer("database.idleInTransactionTimeoutMs", 15_000, 100, Bounds.DAY_MS));
  }
}
