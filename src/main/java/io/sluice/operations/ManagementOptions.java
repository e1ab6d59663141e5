package io.sluice.operations;

/**
 * How the management port listens.
 *
 * @param host the address to listen on; anything but loopback shows health and metrics to all who
 *     can reach it
 * @param port 0 takes a free one
 * @param checkDeadlineMs how long a health check may take
 */
public record ManagementOptions(
    String host, int port, AdminCredential token, long checkDeadlineMs) {
  /** Shorter than the time after which orchestrators usually give up. */
  public static final long CHECK_DEADLINE_MS = 2_000;
}
