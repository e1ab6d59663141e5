package io.sluice.config;

/**
 * The transfer pipeline's limits.
 *
 * @param queueCapacity commands that may wait or be parked; more are answered with overload
 * @param maxWaitMs how long a command may have to wait for its lane, as far as can be told; where
 *     it would be longer, it is answered with overload
 * @param maxBatchLegs legs in one transaction; a command with more has one to itself
 * @param gentleMs how long after others have come those behind all others keep to small batches
 * @param deadlineMs how long a command may take from its submission to its outcome
 * @param lockTimeoutMs how long a batch waits for a row that somebody else has locked
 * @param countedTenants tenants with metrics of their own
 */
public record PipelineSettings(
    int lanes,
    int queueCapacity,
    int maxWaitMs,
    int maxBatchLegs,
    int gentleMs,
    int deadlineMs,
    int lockTimeoutMs,
    int flushTimeoutMs,
    int retryAfterMs,
    int drainTimeoutMs,
    int countedTenants) {
  private static final int QUARANTINE_PART = 4;

  public static final Section<PipelineSettings> SECTION = new Section<>(PipelineSettings::read);

  /** Commands that may wait for what somebody else has locked, on top of those that may wait. */
  public int quarantineCapacity() {
    return Math.ceilDiv(queueCapacity, QUARANTINE_PART);
  }

  /** Commands that may be inside at once, those included that are being carried out. */
  public int mostInside() {
    return queueCapacity + quarantineCapacity() + lanes * maxBatchLegs;
  }

  private static PipelineSettings read(Keys keys) {
    return new PipelineSettings(
        keys.about(
                "Connections that carry transfers. More than one for each of PostgreSQL's"
                    + " processors gains nothing.")
            .integer("pipeline.lanes", 2, 1, 64),
        keys.about(
                "How many transfers may wait. The next one is answered as overloaded. No tenant's"
                    + " may be more than are free.")
            .integer("pipeline.queueCapacity", 8_192, 1, Bounds.MILLION),
        keys.about(
                "How long a transfer may have to wait for its turn, in milliseconds, as far as can"
                    + " be told from how fast transfers are carried out. One that would wait longer"
                    + " is answered as overloaded at once.")
            .integer("pipeline.maxWaitMs", 100, 1, 600_000),
        keys.about(
                "How many legs, one a recipient and one for each webhook endpoint that hears of it,"
                    + " to four, the transfers in one database transaction may have together. A"
                    + " larger transfer has a transaction of its own.")
            .integer("pipeline.maxBatchLegs", 256, 1, 4_096),
        keys.about(
                "For how long after anything else has come lines of bulk requests are carried out"
                    + " in small batches, one at a time, in milliseconds, so that what comes next"
                    + " hardly waits; a tenth of it for a batch that takes long. 0: lines fill all"
                    + " batches.")
            .integer("pipeline.gentleMs", 1_000, 0, 600_000),
        keys.about(
                "How long a transfer may wait, in milliseconds. One that has not begun by then is"
                    + " not carried out. Less than http.requestTimeoutMs, so that its client hears"
                    + " that.")
            .integer("pipeline.deadlineMs", 8_000, 100, 600_000),
        keys.about(
                "How long a database transaction waits for an account that another process has"
                    + " locked, in milliseconds. Transfers on such an account then wait apart from"
                    + " the rest, and are tried again until their deadline. More than a transaction"
                    + " of another gateway takes, less than database.statementTimeoutMs.")
            .integer("pipeline.lockTimeoutMs", 50, 1, 60_000),
        keys.about(
                "How long PostgreSQL may take for one step of a transaction before the connection"
                    + " is given up, in milliseconds. More than database.statementTimeoutMs, and"
                    + " less than pipeline.deadlineMs, so that there is time to carry the batch out"
                    + " on another one.")
            .integer("pipeline.flushTimeoutMs", 5_000, 100, 600_000),
        keys.about("How long overloaded clients are told to wait, in milliseconds.")
            .integer("pipeline.retryAfterMs", 1_000, 100, 60_000),
        keys.about("How long a stop waits for the transfers that are under way, in milliseconds.")
            .integer("pipeline.drainTimeoutMs", 10_000, 0, 600_000),
        keys.about(
                "How many tenants, the first that come, have metrics of their own. All others"
                    + " share one. 0: no metrics by tenant.")
            .integer("pipeline.countedTenants", 100, 0, 10_000));
  }
}
