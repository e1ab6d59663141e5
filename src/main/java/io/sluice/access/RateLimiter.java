package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.time.Duration;
import java.time.Instant;

/** A token bucket for each tenant. Bounded in memory; never blocks. */
public interface RateLimiter {
  /** Takes one token from a tenant's bucket, if there is one. */
  Decision acquire(TenantId tenant);

  /**
   * Like {@link #acquire}, but only a limit that was set for this very tenant counts, not the usual
   * one: for APIs whose providers publish no limit.
   */
  Decision acquireWhereLimited(TenantId tenant);

  /**
   * The bucket after the call.
   *
   * @param allowed whether there was a token
   * @param limit the bucket's size; 0 where there is no limit
   * @param remaining whole tokens left; 0 where there is no limit
   * @param fullAt when the bucket is full again
   * @param retryAfter how long until there is a token; zero when allowed
   */
  record Decision(
      boolean allowed, long limit, long remaining, Instant fullAt, Duration retryAfter) {
    /** Whether there is a bucket at all. */
    public boolean isLimited() {
      return limit > 0;
    }
  }
}
