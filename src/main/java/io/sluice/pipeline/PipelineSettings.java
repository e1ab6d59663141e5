package io.sluice.pipeline;

/**
 * The pipeline's limits.
 *
 * @param lanes connections that carry transactions at the same time, 1 or more
 * @param queueCapacity commands that may wait or be parked, 1 or more; more are answered with
 *     overload
 * @param maxBatchLegs legs in one transaction, 1 or more; a command with more has one to itself
 * @param deadlineMs how long a command may take from its submission to its outcome
 * @param flushTimeoutMs how long PostgreSQL may take to answer one flush before the connection is
 *     given up
 * @param retryAfterMs what overloaded clients are told to wait
 */
public record PipelineSettings(
    int lanes,
    int queueCapacity,
    int maxBatchLegs,
    long deadlineMs,
    long flushTimeoutMs,
    long retryAfterMs) {
  public PipelineSettings {
    if (lanes < 1 || queueCapacity < 1 || maxBatchLegs < 1) {
      throw new IllegalArgumentException("lanes, queue capacity and batch size are 1 or more");
    }
  }
}
