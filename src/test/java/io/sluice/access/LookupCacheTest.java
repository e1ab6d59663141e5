package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void sharesOneLookUpAmongManyWhoAskAtOnce() {
    // Given
    Promise<Optional<String>> slow = Promise.promise();
    answer = slow.future();
    List<Future<Optional<String>>> asked = new ArrayList<>();

    // When
    for (int i = 0; i < 100; i++) {
      asked.add(get());
    }

    // Then
    assertThat(lookUps).hasValue(1);
    slow.complete(Optional.of("owner"));
    assertThat(asked).allSatisfy(future -> assertThat(future.result()).contains("owner"));
  }

  @Test
  void tellsAllWhoSharedALookUpThatItFailedAndAsksAgainLater() {
    // Given
    Promise<Optional<String>> slow = Promise.promise();
    answer = slow.future();
    List<Future<Optional<String>>> asked = List.of(get(), get());
    slow.fail("no database");
    answer = Future.succeededFuture(Optional.of("owner"));

    // When
    Future<Optional<String>> later = get();

    // Then
    assertThat(asked).allMatch(Future::failed);
    assertThat(later.result()).contains("owner");
  }

  @Test
  void keepsNobodyWaitingForALookUpThatThrows() {
    // Given
    Future<Optional<String>> broken =
        cache.get(
            KEY,
            () -> {
              throw new IllegalStateException("defect");
            });

    // When
    Future<Optional<String>> after = get();

    // Then
    assertThat(broken.failed()).isTrue();
    assertThat(after.result()).contains("owner");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void joinsNoLookUpThatBeganBeforeSomethingWasForgotten(boolean all) {
    // Given
    Promise<Optional<String>> slow = Promise.promise();
    answer = slow.future();
    get();
    if (all) {
      cache.forgetAll();
    } else {
      cache.forget(KEY);
    }
    answer = Future.succeededFuture(Optional.empty());

    // When
    Future<Optional<String>> after = get();

    // Then
    assertThat(after.result()).isEmpty();
    slow.complete(Optional.of("revoked owner"));
    assertThat(get().result()).isEmpty();
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
