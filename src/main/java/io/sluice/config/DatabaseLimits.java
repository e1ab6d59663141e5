package io.sluice.config;

/**
 * What connections to PostgreSQL may use. Times are in milliseconds. The times that PostgreSQL
 * keeps are shorter than those after which a connection is given up: whoever is given up has fallen
 * silent.
 *
 * @param poolSize connections for what transfers and other writes look up
 * @param listPoolSize connections for lists, counts and histories; the pipeline's lanes come on top
 *     of both
 * @param poolWaitQueue how many calls may wait for a connection before the next one fails at once
 * @param connectionTimeoutMs how long a call may wait for a connection
 * @param connectTimeoutMs how long it may take to connect to one server
 * @param startTimeoutMs how long a start waits for a server that takes writes
 * @param queryTimeoutMs after how long without its answer a call's connection is given up
 * @param idleTimeoutMs after how long without use a connection is closed
 * @param maxLifetimeMs how old a connection of the pools may become
 */
public record DatabaseLimits(
    int poolSize,
    int listPoolSize,
    int poolWaitQueue,
    int connectionTimeoutMs,
    int connectTimeoutMs,
    int startTimeoutMs,
    int queryTimeoutMs,
    int idleTimeoutMs,
    int maxLifetimeMs,
    int statementTimeoutMs,
    int lockTimeoutMs,
    int idleInTransactionTimeoutMs) {
  /** The values of an untouched configuration. */
  public static final DatabaseLimits DEFAULTS = new Section<>(DatabaseLimits::read).defaults();

  private static final int MAX_POOL = 1_000;
  private static final int LEAST_MS = 100;
  private static final int MOST_MS = 600_000;

  static DatabaseLimits read(Keys keys) {
    return new DatabaseLimits(
        keys.about("Connections for everything but transfers and lists.")
            .integer("database.poolSize", 8, 1, MAX_POOL),
        keys.about(
                "Connections for lists, counts and histories, which never take those of the rest.")
            .integer("database.listPoolSize", 4, 1, MAX_POOL),
        keys.about("How many calls may wait for a connection of either.")
            .integer("database.poolWaitQueue", 1_000, 0, Bounds.MILLION),
        keys.about("How long a call waits for one, in milliseconds.")
            .integer("database.connectionTimeoutMs", 5_000, LEAST_MS, MOST_MS),
        keys.about("How long connecting to one server may take, in milliseconds.")
            .integer("database.connectTimeoutMs", 3_000, LEAST_MS, MOST_MS),
        keys.about(
                "How long a start waits for a database that cannot be reached yet, in"
                    + " milliseconds.")
            .integer("database.startTimeoutMs", 30_000, 0, Bounds.DAY_MS),
        keys.about(
                "After how many milliseconds without an answer a connection is given up as silent."
                    + " More than database.statementTimeoutMs, less than http.requestTimeoutMs.")
            .integer("database.queryTimeoutMs", 6_000, LEAST_MS, MOST_MS),
        keys.about("After how many milliseconds without use one is closed.")
            .integer("database.idleTimeoutMs", 600_000, LEAST_MS, Bounds.DAY_MS),
        keys.about("How old one may become before it is replaced, in milliseconds.")
            .integer("database.maxLifetimeMs", 1_800_000, LEAST_MS, Bounds.DAY_MS),
        keys.about(
                "After how many milliseconds PostgreSQL cancels a statement. More than"
                    + " database.lockTimeoutMs.")
            .integer("database.statementTimeoutMs", 4_000, LEAST_MS, Bounds.DAY_MS),
        keys.about("After how many milliseconds PostgreSQL gives up waiting for a row lock.")
            .integer("database.lockTimeoutMs", 2_000, LEAST_MS, Bounds.DAY_MS),
        keys.about(
                "After how many milliseconds PostgreSQL ends a connection that idles inside a"
                    + " transaction.")
            .integer("database.idleInTransactionTimeoutMs", 4_000, LEAST_MS, Bounds.DAY_MS));
  }
}
