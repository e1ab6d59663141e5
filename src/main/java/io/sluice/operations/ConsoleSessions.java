package io.sluice.operations;

import io.sluice.access.SecretHash;
import io.sluice.access.SecretMaker;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in to the console. Sessions are in memory only: a restart ends them all. Each keeps
 * the hash of the token that it was opened with, which the guard looks up with every request, so
 * that it ends with the token.
 */
final class ConsoleSessions implements Showing {
  /** The most at once. */
  static final int MOST = 200;

  /** The most of one token; the oldest ends when there is one more. */
  static final int MOST_OF_ONE = 8;

  /** However busily it is used. */
  static final Duration LIFE = Duration.ofHours(8);

  /** Without any request. */
  static final Duration IDLE = Duration.ofMinutes(30);

  /** What a page shows with each request that changes something. */
  static final String PROOF = "X-Console-Proof";

  private final Map<SecretHash, Session> sessions = new LinkedHashMap<>();
  private final SecretMaker secrets = new SecretMaker();
  private final Clock clock;

  ConsoleSessions(Clock clock) {
    this.clock = clock;
  }

  /** What the browser of a new session is told this once. */
  record Opened(String id) {
    /** Without the id. */
    @Override
    public String toString() {
      return "Opened";
    }
  }

  private static final class Session {
    private final ShownToken token;
    private final String proof;
    private final Instant startedAt;
    private Instant usedAt;

    private Session(ShownToken token, String proof, Instant now) {
      this.token = token;
      this.proof = proof;
      startedAt = now;
      usedAt = now;
    }

    private boolean isOver(Instant now) {
      return now.isAfter(startedAt.plus(LIFE)) || now.isAfter(usedAt.plus(IDLE));
    }
  }

  /** A new session of whoever has shown this token; empty when there are too many. */
  synchronized Optional<Opened> open(ShownToken token) {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.isOver(now));
    List<SecretHash> own =
        sessions.entrySet().stream()
            .filter(entry -> entry.getValue().token.equals(token))
            .map(Map.Entry::getKey)
            .toList();
    if (own.size() >= MOST_OF_ONE) {
      sessions.remove(own.getFirst());
    }
    if (sessions.size() >= MOST) {
      return Optional.empty();
    }
    String id = secrets.secret();
    sessions.put(SecretHash.of(id), new Session(token, secrets.secret(), now));
    return Optional.of(new Opened(id));
  }

  /** Ends the session of a call, if it has one. */
  synchronized void end(Call call) {
    ConsoleCookie.of(call).map(SecretHash::of).ifPresent(sessions::remove);
  }

  /** What pages of a call's session show with what changes something; empty without a session. */
  Optional<String> proof(Call call) {
    return session(call).map(session -> session.proof);
  }

  @Override
  public Optional<ShownToken> token(Call call, Operation<?> operation) {
    ConsoleOrigin.requireOwn(call, operation.method());
    Optional<Session> session = session(call);
    if (!operation.method().equals(HttpMethod.GET)) {
      session.ifPresent(one -> requireProof(call, one));
    }
    return session.map(one -> one.token);
  }

  @Override
  public ApiException unknown() {
    return AdminErrors.signedOut();
  }

  private static void requireProof(Call call, Session session) {
    SecretHash known = SecretHash.of(session.proof);
    call.header(PROOF)
        .filter(shown -> SecretHash.of(shown).isSameAs(known))
        .orElseThrow(AdminErrors::elsewhere);
  }

  /** The session of a call, which is used now. */
  private synchronized Optional<Session> session(Call call) {
    Instant now = clock.instant();
    Optional<SecretHash> id = ConsoleCookie.of(call).map(SecretHash::of);
    Optional<Session> found = id.map(sessions::get).filter(session -> !session.isOver(now));
    if (found.isEmpty()) {
      id.ifPresent(sessions::remove);
    }
    found.ifPresent(session -> session.usedAt = now);
    return found;
  }
}
