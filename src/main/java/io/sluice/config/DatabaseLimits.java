package io.sluice.config;

/**
 * What a connection to PostgreSQL may use. Times are in milliseconds.
 *
 * @param poolSize connections of the general pool; the pipeline's lanes come on top
 * @param poolWaitQueue how many calls may wait for a connection before the next one fails at once
 * @param connectionTimeoutMs how long a call may wait for a connection
 * @param statementTimeoutMs after which PostgreSQL cancels a statement
 * @param lockTimeoutMs after which PostgreSQL gives up waiting for a row lock
 * @param idleInTransactionTimeoutMs after which PostgreSQL ends a connection that idles inside a
 *     transaction
 */
public record DatabaseLimits(
    int poolSize,
    int poolWaitQueue,
    int connectionTimeoutMs,
    int statementTimeoutMs,
    int lockTimeoutMs,
    int idleInTransactionTimeoutMs) {
  /** The values of an untouched configuration. */
  public static final DatabaseLimits DEFAULT =
      new DatabaseLimits(8, 1_000, 5_000, 10_000, 5_000, 15_000);
}
