package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.ledger.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Token buckets in memory. Each process has its own: with n processes behind a balancer a tenant
 * gets up to n times its rate.
 */
public final class TokenBuckets implements RateLimiter {
  /** A bucket that falls out of the map starts again full. */
  static final int MAX_BUCKETS = 100_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final RateLimit usual;
  private final Clock clock;
  private final Cache<TenantId, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();
  private volatile Map<TenantId, RateLimit> overrides = Map.of();

  /**
   * @param usual the limit of every tenant that has none of its own
   */
  public TokenBuckets(RateLimit usual, Clock clock) {
    this.usual = usual;
    this.clock = clock;
  }

  /** Sets which tenants have a limit of their own, in place of all those known before. */
  public void override(Map<TenantId, RateLimit> limits) {
    overrides = Map.copyOf(limits);
  }

  @Override
  public Decision acquire(TenantId tenant) {
    return acquire(tenant, overrides.getOrDefault(tenant, usual));
  }

  @Override
  public Decision acquireWhereLimited(TenantId tenant) {
    return acquire(tenant, overrides.getOrDefault(tenant, RateLimit.OFF));
  }

  private Decision acquire(TenantId tenant, RateLimit limit) {
    Instant now = clock.instant();
    if (limit.perSecond() == 0) {
      return new Decision(true, 0, 0, now, Duration.ZERO);
    }
    return buckets.get(tenant, t -> new Bucket(limit, now)).take(limit, now);
  }

  /**
   * Counts in billionths of a token, so that nanoseconds times the rate need no division and
   * nothing is rounded away.
   */
  private static final class Bucket {
    private long billionths;
    private Instant filledAt;

    Bucket(RateLimit limit, Instant now) {
      billionths = limit.burst() * NANOS_PER_SECOND;
      filledAt = now;
    }

    synchronized Decision take(RateLimit limit, Instant now) {
      fill(limit, now);
      boolean allowed = billionths >= NANOS_PER_SECOND;
      if (allowed) {
        billionths -= NANOS_PER_SECOND;
      }
      long wanting = limit.burst() * NANOS_PER_SECOND - billionths;
      return new Decision(
          allowed,
          limit.burst(),
          billionths / NANOS_PER_SECOND,
          now.plusNanos(Math.ceilDiv(wanting, limit.perSecond())),
          allowed
              ? Duration.ZERO
              : Duration.ofNanos(Math.ceilDiv(NANOS_PER_SECOND - billionths, limit.perSecond())));
    }

    /** A clock that goes back adds nothing and takes nothing. */
    private void fill(RateLimit limit, Instant now) {
      long full = limit.burst() * NANOS_PER_SECOND;
      Duration passed = Duration.between(filledAt, now);
      if (passed.isPositive()) {
        long untilFull = Math.ceilDiv(Math.max(0, full - billionths), limit.perSecond());
        billionths =
            passed.compareTo(Duration.ofNanos(untilFull)) >= 0
                ? full
                : billionths + passed.toNanos() * limit.perSecond();
        filledAt = now;
      }
      billionths = Math.min(billionths, full);
    }
  }
}
