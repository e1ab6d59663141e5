package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.config.AccessSettings;
import io.sluice.store.access.CredentialTypeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts wrong passwords of each name from each address, whether there is such a user or not, and
 * locks that name for that address for a while. So nobody can lock a user out from elsewhere, and
 * nobody learns from a lock who exists. In memory: each process counts for itself.
 */
final class LoginGuard {
  /** Of names and addresses that are remembered; the one that was tried longest ago goes first. */
  static final int MAX_REMEMBERED = 50_000;

  private final AccessSettings settings;
  private final Clock clock;
  private final Cache<Attempt, Count> counts =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  LoginGuard(AccessSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether a password may be tried. */
  sealed interface Verdict {
    /** It may; what came of it must be told. */
    record Try() implements Verdict {}

    /** Not before others that are being checked. */
    record Wait() implements Verdict {}

    /** Not for as long as this. */
    record Locked(Duration remaining) implements Verdict {}
  }

  /**
   * One name from one address.
   *
   * @param name hashed, so that names take equally little memory
   */
  record Attempt(ClientAddress address, SecretHash name) {
    static Attempt of(ClientAddress address, CredentialTypeName type, String username) {
      return new Attempt(address, SecretHash.of(type.text() + ' ' + username));
    }
  }

  /** Asks before a password is checked. */
  synchronized Verdict ask(Attempt attempt) {
    Instant now = clock.instant();
    Count count = counts.get(attempt, key -> new Count());
    count.lockNoLongerThan(now.plus(settings.loginLock()));
    if (count.isLocked(now)) {
      return new Verdict.Locked(Duration.between(now, count.lockedUntil));
    }
    count.unlock();
    if (count.failures + count.checking >= settings.maxLoginFailures()) {
      return new Verdict.Wait();
    }
    count.checking++;
    return new Verdict.Try();
  }

  /** The password was right. */
  synchronized void right(Attempt attempt) {
    counts.invalidate(attempt);
  }

  /** The password was wrong; the last one allowed locks, which is then true. */
  synchronized boolean wrong(Attempt attempt) {
    Count count = counts.get(attempt, key -> new Count());
    count.checked();
    count.failures++;
    boolean locks = count.failures >= settings.maxLoginFailures();
    if (locks) {
      count.lockedUntil = clock.instant().plus(settings.loginLock());
    }
    return locks;
  }

  /** Whether the password was right was not found out. */
  synchronized void unknown(Attempt attempt) {
    counts.get(attempt, key -> new Count()).checked();
  }

  private static final class Count {
    private int failures;
    private int checking;
    private Instant lockedUntil = Instant.MIN;

    boolean isLocked(Instant now) {
      return now.isBefore(lockedUntil);
    }

    /** A clock that was far ahead when the lock began must not draw it out. */
    void lockNoLongerThan(Instant end) {
      lockedUntil = lockedUntil.isAfter(end) ? end : lockedUntil;
    }

    /** Begins anew after a lock. */
    void unlock() {
      if (!lockedUntil.equals(Instant.MIN)) {
        lockedUntil = Instant.MIN;
        failures = 0;
      }
    }

    void checked() {
      checking = Math.max(0, checking - 1);
    }
  }
}
