package io.sluice.access;

import java.time.Duration;

/**
 * The bounds of what access remembers and how often it lets somebody try.
 *
 * @param credentialEntries how many secrets of each type are remembered
 * @param tokenEntries how many verified tokens are remembered
 * @param cacheExpiry for how long; a revocation by another process bites after this at the latest
 * @param maxLoginFailures wrong passwords in a row that lock a user
 * @param loginLock for how long
 */
public record AccessLimits(
    int credentialEntries,
    int tokenEntries,
    Duration cacheExpiry,
    int maxLoginFailures,
    Duration loginLock) {
  public static final AccessLimits DEFAULT =
      new AccessLimits(10_000, 10_000, Duration.ofSeconds(30), 5, Duration.ofMinutes(15));

  public AccessLimits {
    if (credentialEntries < 1 || tokenEntries < 1 || maxLoginFailures < 1) {
      throw new IllegalArgumentException("cache entries and maxLoginFailures are 1 or more");
    }
    if (!cacheExpiry.isPositive() || !loginLock.isPositive()) {
      throw new IllegalArgumentException("cacheExpiry and loginLock are longer than nothing");
    }
  }
}
