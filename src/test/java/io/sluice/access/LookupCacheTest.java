package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LookupCacheTest {
  private static final Duration EXPIRY = Duration.ofSeconds(30);
  private static final SecretHash KEY = SecretHash.of("secret");

  private final SettableClock clock = new SettableClock();
  private final LookupCache<String> cache = new LookupCache<>(3, EXPIRY, clock::nanos);
  private final AtomicInteger lookUps = new AtomicInteger();
  private Future<Optional<String>> answer = Future.succeededFuture(Optional.of("owner"));

  @Test
  void asksOnceForWhatItFound() {
    // Given
    get();

    // When
    Future<Optional<String>> again = get();

    // Then
    assertThat(again.result()).contains("owner");
    assertThat(lookUps).hasValue(1);
  }

  @Test
  void asksAgainForWhatItDidNotFind() {
    // Given
    answer = Future.succeededFuture(Optional.empty());
    get();
    answer = Future.succeededFuture(Optional.of("owner"));

    // When
    Future<Optional<String>> again = get();

    // Then
    assertThat(again.result()).contains("owner");
  }

  @Test
  void asksAgainAfterItsTime() {
    // Given
    get();
    clock.advance(EXPIRY);
    answer = Future.succeededFuture(Optional.empty());

    // When
    Future<Optional<String>> again = get();

    // Then
    assertThat(again.result()).isEmpty();
  }

  @Test
  void refreshesOnceInTheBackgroundPastHalfItsTime() {
    // Given
    get();
    clock.advance(EXPIRY.dividedBy(2));
    Promise<Optional<String>> slow = Promise.promise();
    answer = slow.future();

    // When
    Future<Optional<String>> first = get();
    Future<Optional<String>> second = get();

    // Then
    assertThat(first.result()).contains("owner");
    assertThat(second.result()).contains("owner");
    assertThat(lookUps).hasValue(2);
    slow.complete(Optional.of("new owner"));
    assertThat(get().result()).contains("new owner");
  }

  @Test
  void forgetsAtOnceWhatARefreshDoesNotFind() {
    // Given
    get();
    clock.advance(EXPIRY.dividedBy(2));
    answer = Future.succeededFuture(Optional.empty());
    get();

    // When
    Future<Optional<String>> after = get();

    // Then
    assertThat(after.result()).isEmpty();
  }

  @Test
  void endsAtItsTimeThoughRefreshesFail() {
    // Given
    get();
    answer = Future.failedFuture("no database");
    clock.advance(EXPIRY.dividedBy(2));
    get();
    clock.advance(EXPIRY.dividedBy(2));

    // When
    Future<Optional<String>> after = get();

    // Then
    assertThat(after.failed()).isTrue();
  }

  @Test
  void keepsNothingThatWasLookedUpBeforeItWasForgotten() {
    // Given
    Promise<Optional<String>> slow = Promise.promise();
    answer = slow.future();
    Future<Optional<String>> before = get();
    cache.forget(KEY);
    slow.complete(Optional.of("revoked owner"));
    answer = Future.succeededFuture(Optional.empty());

    // When
    Future<Optional<String>> after = get();

    // Then
    assertThat(before.result()).contains("revoked owner");
    assertThat(after.result()).isEmpty();
  }

  @Test
  void holdsNoMoreThanItsBound() {
    // Given
    for (int i = 0; i < 1_000; i++) {
      cache.get(SecretHash.of("secret " + i), this::lookUp);
    }
    lookUps.set(0);

    // When
    for (int i = 0; i < 1_000; i++) {
      cache.get(SecretHash.of("secret " + i), this::lookUp);
    }

    // Then
    assertThat(lookUps).hasValueGreaterThanOrEqualTo(997);
  }

  private Future<Optional<String>> get() {
    return cache.get(KEY, this::lookUp);
  }

  private Future<Optional<String>> lookUp() {
    lookUps.incrementAndGet();
    return answer;
  }
}
