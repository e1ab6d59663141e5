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

  private final Clock clock;
  private final Cache<Key, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();
  private volatile Map<TenantId, RateLimit> overrides = Map.of();

  /** Two dialects that publish different rates must not draw from one bucket. */
  private record Key(TenantId tenant, RateLimit limit) {}

  public TokenBuckets(Clock clock) {
    this.clock = clock;
  }

  /** Sets which tenants have a limit of their own, in place of all those known before. */
  public void override(Map<TenantId, RateLimit> limits) {
    overrides = Map.copyOf(limits);
  }

  @Override
  public Decision acquire(TenantId tenant, RateLimit published) {
    RateLimit limit = overrides.getOrDefault(tenant, published);
    Instant now = clock.instant();
    if (limit.perSecond() == 0) {
      return new Decision(true, 0, 0, now, Duration.ZERO);
    }
    return buckets.get(new Key(tenant, limit), key -> new Bucket(key.limit(), now)).take(now);
  }

  /**
   * Counts in billionths of a token, so that nanoseconds times the rate need no division and
   * nothing is rounded away.
   */
  private static final class Bucket {
    private final RateLimit limit;
    private final long full;
    private long billionths;
    private Instant filledAt;

    Bucket(RateLimit limit, Instant now) {
      this.limit = limit;
      full = limit.burst() * NANOS_PER_SECOND;
      billionths = full;
      filledAt = now;
    }

    synchronized Decision take(Instant now) {
      fill(now);
      boolean allowed = billionths >= NANOS_PER_SECOND;
      if (allowed) {
        billionths -= NANOS_PER_SECOND;
      }
      return new Decision(
          allowed,
          limit.burst(),
          billionths / NANOS_PER_SECOND,
          now.plusNanos(nanosUntil(full)),
          allowed ? Duration.ZERO : Duration.ofNanos(nanosUntil(NANOS_PER_SECOND)));
    }

    /** A clock that goes back adds nothing and takes nothing, and counts from there on. */
    private void fill(Instant now) {
      Duration passed = Duration.between(filledAt, now);
      filledAt = now;
      if (passed.isPositive()) {
        billionths =
            passed.compareTo(Duration.ofNanos(nanosUntil(full))) >= 0
                ? full
                : billionths + passed.toNanos() * limit.perSecond();
      }
    }

    private long nanosUntil(long wanted) {
      return Math.ceilDiv(wanted - billionths, limit.perSecond());
    }
  }
}
