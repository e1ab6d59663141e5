package io.sluice.access;

import io.sluice.config.AccessSettings;
import io.sluice.store.access.CredentialTypeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Counts wrong passwords of each name from each address, whether there is such a user or not, and
 * locks that name for that address for a while. So nobody can lock a user out from elsewhere, and
 * nobody learns from a lock who exists. In memory: each process counts for itself.
 *
 * <p>What is forgotten can be guessed anew, so nothing is remembered of tries that were not carried
 * out, and locks are remembered apart from counts: five hashes stand behind each, and more than
 * {@link #MAX_REMEMBERED} of them cannot be had while one lasts.
 */
final class LoginGuard {
  /** Names and addresses with failures, and as many that are locked; the oldest go first. */
  static final int MAX_REMEMBERED = 50_000;

  private final AccessSettings settings;
  private final Clock clock;

  /** The one that was tried longest ago comes first. */
  private final SequencedMap<Attempt, Count> counts = new LinkedHashMap<>();

  /** Until when; the first that was locked comes first. */
  private final SequencedMap<Attempt, Instant> locks = new LinkedHashMap<>();

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

  private record Count(int failures, int checking) {
    private static final Count NONE = new Count(0, 0);

    Count begun() {
      return new Count(failures, checking + 1);
    }

    Count failed() {
      return new Count(failures + 1, Math.max(0, checking - 1));
    }

    Count notChecked() {
      return new Count(failures, Math.max(0, checking - 1));
    }
  }

  /** Asks before a password is checked. */
  synchronized Verdict ask(Attempt attempt) {
    Instant now = clock.instant();
    Instant end = lockEnd(attempt, now);
    if (now.isBefore(end)) {
      return new Verdict.Locked(Duration.between(now, end));
    }
    locks.remove(attempt);
    Count count = counts.getOrDefault(attempt, Count.NONE);
    if (count.failures() + count.checking() >= settings.maxLoginFailures()) {
      return new Verdict.Wait();
    }
    put(attempt, count.begun());
    return new Verdict.Try();
  }

  /** A clock that was far ahead when the lock began must not draw it out. */
  private Instant lockEnd(Attempt attempt, Instant now) {
    Instant end = locks.getOrDefault(attempt, Instant.MIN);
    Instant latest = now.plus(settings.loginLock());
    if (end.isAfter(latest)) {
      locks.put(attempt, latest);
      return latest;
    }
    return end;
  }

  /** The password was right. */
  synchronized void right(Attempt attempt) {
    counts.remove(attempt);
  }

  /** The password was wrong; the last one allowed locks, which is then true. */
  synchronized boolean wrong(Attempt attempt) {
    Count count = counts.getOrDefault(attempt, Count.NONE).failed();
    if (count.failures() < settings.maxLoginFailures()) {
      put(attempt, count);
      return false;
    }
    counts.remove(attempt);
    locks.putLast(attempt, clock.instant().plus(settings.loginLock()));
    trim(locks);
    return true;
  }

  /** Whether the password was right was not found out. */
  synchronized void unknown(Attempt attempt) {
    put(attempt, counts.getOrDefault(attempt, Count.NONE).notChecked());
  }

  /** Moves it to the end; one of which nothing is known is not kept. */
  private void put(Attempt attempt, Count count) {
    if (count.equals(Count.NONE)) {
      counts.remove(attempt);
    } else {
      counts.putLast(attempt, count);
      trim(counts);
    }
  }

  private static void trim(SequencedMap<?, ?> remembered) {
    if (remembered.size() > MAX_REMEMBERED) {
      remembered.pollFirstEntry();
    }
  }
}
