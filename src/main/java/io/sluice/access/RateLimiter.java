package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.time.Duration;
import java.time.Instant;

/**
 * Token buckets: one for each tenant and each limit that counts for it. Bounded in memory; never
 * blocks.
 */
public interface RateLimiter {
  /**
   * Takes one token from a tenant's bucket, if there is one. A limit that an operator set for this
   * very tenant counts first, over all dialects together; the published one where there is none.
   *
   * @param published the rate that the caller's provider publishes
   */
  Decision acquire(TenantId tenant, RateLimit published);

  /** Like {@link #acquire}, for dialects whose providers publish no limit. */
  default Decision acquireWhereLimited(TenantId tenant) {
    return acquire(tenant, RateLimit.OFF);
  }

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
