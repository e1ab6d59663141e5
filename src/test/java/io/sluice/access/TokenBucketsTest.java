package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.RateLimiter.Decision;
import io.sluice.ledger.TenantId;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);
  private static final RateLimit PUBLISHED = new RateLimit(10, 30);

  private final SettableClock clock = new SettableClock();
  private final TokenBuckets buckets = new TokenBuckets(clock);

  @Test
  void allowsABurstAndThenSaysHowLongToWait() {
    // Given
    List<Decision> burst = take(30);

    // When
    Decision next = buckets.acquire(TENANT, PUBLISHED);

    // Then
    assertThat(burst).allMatch(Decision::allowed);
    assertThat(burst.getFirst().remaining()).isEqualTo(29);
    assertThat(burst.getLast().remaining()).isZero();
    assertThat(next.allowed()).isFalse();
    assertThat(next.limit()).isEqualTo(30);
    assertThat(next.retryAfter()).isEqualTo(Duration.ofMillis(100));
    assertThat(next.fullAt()).isEqualTo(clock.instant().plusSeconds(3));
  }

  @Test
  void refillsAtItsRateAndNeverPastItsBurst() {
    // Given
    take(30);
    clock.advance(Duration.ofHours(24));

    // When
    List<Decision> after = take(31);

    // Then
    assertThat(after.subList(0, 30)).allMatch(Decision::allowed);
    assertThat(after.getLast().allowed()).isFalse();
  }

  @Test
  void giveATokenAtExactlyTheMomentItPromised() {
    // Given
    take(30);
    Duration wait = buckets.acquire(TENANT, PUBLISHED).retryAfter();
    clock.advance(wait.minusNanos(1));
    boolean early = buckets.acquire(TENANT, PUBLISHED).allowed();
    clock.advance(Duration.ofNanos(1));

    // When
    Decision due = buckets.acquire(TENANT, PUBLISHED);

    // Then
    assertThat(early).isFalse();
    assertThat(due.allowed()).isTrue();
  }

  @Test
  void keepsTenantsApart() {
    // Given
    take(31);

    // When
    Decision other = buckets.acquire(OTHER, PUBLISHED);

    // Then
    assertThat(other.allowed()).isTrue();
    assertThat(other.remaining()).isEqualTo(29);
  }

  @Test
  void neverRefusesWhereNoLimitIsPublished() {
    // Given a tenant without a limit of its own

    // When
    List<Decision> many =
        IntStream.range(0, 10_000).mapToObj(i -> buckets.acquireWhereLimited(TENANT)).toList();

    // Then
    assertThat(many).allMatch(Decision::allowed);
  }

  @Test
  void takesATenantsOwnLimitAtOnce() {
    // Given
    take(30);
    buckets.override(Map.of(OTHER, new RateLimit(1, 2), TENANT, RateLimit.OFF));

    // When
    List<Decision> mine = take(100);
    List<Decision> theirs =
        IntStream.range(0, 3).mapToObj(i -> buckets.acquire(OTHER, PUBLISHED)).toList();

    // Then
    assertThat(mine).allMatch(Decision::allowed);
    assertThat(theirs).extracting(Decision::allowed).containsExactly(true, true, false);
    assertThat(theirs.getLast().retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void countsATenantsOwnLimitOverAllDialectsTogether() {
    // Given
    buckets.override(Map.of(TENANT, new RateLimit(1, 2)));
    buckets.acquire(TENANT, PUBLISHED);
    buckets.acquireWhereLimited(TENANT);

    // When
    Decision third = buckets.acquire(TENANT, new RateLimit(100, 200));

    // Then
    assertThat(third.allowed()).isFalse();
    assertThat(third.limit()).isEqualTo(2);
  }

  @Test
  void keepsTheLimitsThatTwoDialectsPublishApart() {
    // Given
    RateLimit larger = new RateLimit(100, 200);
    take(30);

    // When
    Decision there = buckets.acquire(TENANT, larger);

    // Then
    assertThat(there.remaining()).isEqualTo(199);
    assertThat(buckets.acquire(TENANT, PUBLISHED).allowed()).isFalse();
    assertThat(buckets.acquire(TENANT, larger).remaining()).isEqualTo(198);
  }

  @Test
  void startsANewBucketForANewLimit() {
    // Given
    take(1);
    buckets.override(Map.of(TENANT, new RateLimit(1, 5)));

    // When
    List<Decision> after = take(6);

    // Then
    assertThat(after.stream().filter(Decision::allowed)).hasSize(5);
  }

  @Test
  void allowsNeverMoreThanBurstAndRateTogether() {
    // Given
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Instant start = clock.instant();
    long allowed = 0;

    // When
    for (int i = 0; i < 20_000; i++) {
      clock.advance(Duration.ofNanos(random.nextLong(50_000_000)));
      allowed += buckets.acquire(TENANT, PUBLISHED).allowed() ? 1 : 0;
    }

    // Then
    long nanos = Duration.between(start, clock.instant()).toNanos();
    assertThat(allowed).isLessThanOrEqualTo(30 + nanos / 100_000_000);
    assertThat(allowed).isGreaterThanOrEqualTo(nanos / 100_000_000);
  }

  @Test
  void takesNothingAndGivesNothingWhenTheClockGoesBack() {
    // Given
    take(30);
    clock.advance(Duration.ofSeconds(-60));

    // When
    Decision decision = buckets.acquire(TENANT, PUBLISHED);

    // Then
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.retryAfter()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void fillsAgainFromThereWhenTheClockHasGoneBack() {
    // Given
    take(30);
    clock.advance(Duration.ofDays(-1));
    buckets.acquire(TENANT, PUBLISHED);
    clock.advance(Duration.ofMillis(100));

    // When
    Decision decision = buckets.acquire(TENANT, PUBLISHED);

    // Then
    assertThat(decision.allowed()).isTrue();
  }

  @Test
  void carriesTheLargestLimit() {
    // Given
    RateLimit large = new RateLimit(RateLimit.MAX_RATE, RateLimit.MAX_RATE);
    buckets.acquire(TENANT, large);
    clock.advance(Duration.ofDays(36_500));

    // When
    Decision decision = buckets.acquire(TENANT, large);

    // Then
    assertThat(decision.remaining()).isEqualTo(RateLimit.MAX_RATE - 1);
  }

  @Test
  void refusesLimitsOutOfRange() {
    // Given limits that make no sense

    // When
    var negative = assertThatThrownBy(() -> new RateLimit(-1, 1));
    var empty = assertThatThrownBy(() -> new RateLimit(1, 0));

    // Then
    negative.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    empty.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("burst");
  }

  private List<Decision> take(int times) {
    return IntStream.range(0, times).mapToObj(i -> buckets.acquire(TENANT, PUBLISHED)).toList();
  }
}
