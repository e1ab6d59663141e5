package io.sluice.access;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's JSON Web Key Set. Fetched when first needed, again when it is old, and again when a
 * token names a key that it lacks, but never more often than {@link #MIN_INTERVAL}: tokens with
 * made-up key ids cannot turn the gateway on the issuer. A set that could not be fetched anew for
 * {@link #MAX_AGE} is no longer believed.
 */
final class JwksKeys implements KeySource {
  static final Duration MIN_INTERVAL = Duration.ofSeconds(30);
  static final Duration REFRESH_AGE = Duration.ofMinutes(10);
  static final Duration MAX_AGE = Duration.ofHours(1);
  static final int MAX_BODY_BYTES = 262_144;
  static final int MAX_KEYS = 64;

  private static final long FETCH_TIMEOUT_MS = 3_000;
  private static final Logger LOG = LoggerFactory.getLogger(JwksKeys.class);

  private final Vertx vertx;
  private final URI location;
  private final Clock clock;
  private final HttpClient http;
  private KeySet known = new KeySet(Map.of(), Instant.MIN);
  private Instant lastAttempt = Instant.MIN;
  private Future<Void> fetching = Future.succeededFuture();

  JwksKeys(Vertx vertx, URI location, Clock clock) {
    this.vertx = vertx;
    this.location = location;
    this.clock = clock;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) FETCH_TIMEOUT_MS).setMaxRedirects(0));
  }

  @Override
  public Future<Optional<TokenVerifier>> find(String kid) {
    KeySet before = known();
    Instant now = clock.instant();
    boolean present = before.keys().containsKey(kid);
    if (present && before.isYounger(REFRESH_AGE, now)) {
      return Future.succeededFuture(before.find(kid));
    }
    Future<Void> refreshed = onThisContext(refresh(now));
    if (present && before.isYounger(MAX_AGE, now)) {
      return Future.succeededFuture(before.find(kid));
    }
    return refreshed.compose(
        done -> {
          KeySet after = known();
          return after.isYounger(MAX_AGE, clock.instant())
              ? Future.succeededFuture(after.find(kid))
              : Future.failedFuture(new KeysUnavailableException());
        });
  }

  private synchronized KeySet known() {
    return known;
  }

  private synchronized void know(Map<String, TokenVerifier> keys, Instant now) {
    known = new KeySet(keys, now);
  }

  /** Never fails: what was known before goes on being known. */
  private Future<Void> refresh(Instant now) {
    Promise<Void> done = Promise.promise();
    synchronized (this) {
      if (!fetching.isComplete() || isRecent(lastAttempt, MIN_INTERVAL, now)) {
        return fetching;
      }
      lastAttempt = now;
      fetching = done.future();
    }
    fetch()
        .map(this::parse)
        .onSuccess(keys -> know(keys, now))
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("event.action", "jwks_fetch_failed")
                    .addKeyValue("url.full", location)
                    .addKeyValue("error.message", failure.getMessage())
                    .log("Cannot fetch an issuer's keys; those known before go on for a while"))
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .onComplete(done);
    return fetching;
  }

  private Future<Buffer> fetch() {
    if ("file".equals(location.getScheme())) {
      return vertx.fileSystem().readFile(Path.of(location).toString());
    }
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(location.toString())
            .setTimeout(FETCH_TIMEOUT_MS)
            .putHeader("Accept", "application/json");
    Future<HttpClientRequest> asked = http.request(request);
    // What is given up would else keep one of the client's few connections as long as it likes.
    return asked
        .compose(r -> r.send().compose(JwksKeys::bounded))
        .timeout(FETCH_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .onFailure(failure -> asked.onSuccess(HttpClientRequest::reset));
  }

  private static Future<Buffer> bounded(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    response.exceptionHandler(whole::tryFail);
    if (response.statusCode() != 200) {
      return Future.failedFuture(new IOException("HTTP status " + response.statusCode()));
    }
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BODY_BYTES) {
            whole.tryFail(new IOException("more than " + MAX_BODY_BYTES + " bytes"));
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  /** Keys that cannot be used are passed over: an issuer may publish them for others. */
  private Map<String, TokenVerifier> parse(Buffer body) {
    if (body.length() > MAX_BODY_BYTES) {
      throw new IllegalArgumentException("more than " + MAX_BODY_BYTES + " bytes");
    }
    JsonArray keys = new JsonObject(body).getJsonArray("keys", new JsonArray());
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("more than " + MAX_KEYS + " keys");
    }
    Map<String, TokenVerifier> usable = new HashMap<>();
    for (Object key : keys) {
      if (key instanceof JsonObject jwk) {
        Jwk.usable(jwk)
            .ifPresent(k -> usable.computeIfAbsent(k.kid(), kid -> new TokenVerifier(vertx, k)));
      }
    }
    return Map.copyOf(usable);
  }

  /** A fetch is shared by callers of several contexts; each goes on in its own. */
  private Future<Void> onThisContext(Future<Void> shared) {
    Context context = vertx.getOrCreateContext();
    Promise<Void> here = Promise.promise();
    shared.onComplete(done -> context.runOnContext(go -> here.complete()));
    return here.future();
  }

  /** Whether something happened within that time; what a clock said that was ahead is no news. */
  private static boolean isRecent(Instant moment, Duration within, Instant now) {
    return !moment.equals(Instant.MIN)
        && !now.isBefore(moment)
        && now.isBefore(moment.plus(within));
  }

  private record KeySet(Map<String, TokenVerifier> keys, Instant fetchedAt) {
    boolean isYounger(Duration age, Instant now) {
      return isRecent(fetchedAt, age, now);
    }

    Optional<TokenVerifier> find(String kid) {
      return Optional.ofNullable(keys.get(kid));
    }
  }
}
