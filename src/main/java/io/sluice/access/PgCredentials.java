package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.ledger.Principal;
import io.sluice.share.Shares;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.access.StoredClient;
import io.sluice.store.access.StoredUser;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Credentials kept in PostgreSQL. Secrets that come with every request are remembered for a short
 * while, those of one type never at the cost of another's; clients and users, which only fetch
 * tokens, are looked up each time, so that revoking one bites at once.
 */
public final class PgCredentials implements Credentials {
  /**
   * Look-ups for those of whom nobody knows yet who they are, at one time. Far fewer than calls may
   * wait for a connection, so that places are left for those who are known.
   */
  static final int MAX_LOOK_UPS = 256;

  /** A decoy of the right length for clients that do not exist. */
  private static final Buffer NO_HASH = SecretHash.of("").toBuffer();

  private final CredentialStore store;
  private final Passwords passwords;
  private final AccessSettings settings;
  private final LoginGuard guard;
  private final AuditTrail audit;
  private final Ticker ticker;
  private final Shares<ClientAddress> lookUps = new Shares<>(MAX_LOOK_UPS);
  private final Map<CredentialTypeName, LookupCache<Principal>> secrets = new ConcurrentHashMap<>();

  public PgCredentials(
      CredentialStore store,
      Passwords passwords,
      AccessSettings settings,
      Clock clock,
      AuditTrail audit) {
    this(store, passwords, settings, clock, audit, Ticker.systemTicker());
  }

  PgCredentials(
      CredentialStore store,
      Passwords passwords,
      AccessSettings settings,
      Clock clock,
      AuditTrail audit,
      Ticker ticker) {
    this.store = store;
    this.passwords = passwords;
    this.settings = settings;
    this.guard = new LoginGuard(settings, clock);
    this.audit = audit;
    this.ticker = ticker;
  }

  @Override
  public Future<Optional<Principal>> find(
      CredentialType.BearerSecret type, String secret, ClientAddress address) {
    SecretHash hash = SecretHash.of(secret);
    return secrets
        .computeIfAbsent(type.name(), name -> newCache())
        .get(
            hash,
            () ->
                askForStranger(
                    address, () -> store.findSecret(type.name(), hash.toBuffer(), address)));
  }

  @Override
  public Future<Optional<Client>> find(
      CredentialType.ClientCredentials type,
      String clientId,
      String clientSecret,
      ClientAddress address) {
    return client(type, clientId, SecretHash.of(clientSecret), address)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : refused("client_refused", type, clientId, address).map(written -> found));
  }

  private Future<Optional<Client>> client(
      CredentialType.ClientCredentials type,
      String clientId,
      SecretHash secret,
      ClientAddress address) {
    if (!CredentialNames.storable(clientId)) {
      return Future.succeededFuture(Optional.empty());
    }
    byte[] presented = secret.toBuffer().getBytes();
    return askForStranger(address, () -> store.findClient(type.name(), clientId, address))
        .map(
            found -> {
              Buffer expected = found.map(StoredClient::secretHash).orElse(NO_HASH);
              return MessageDigest.isEqual(presented, expected.getBytes())
                  ? found.map(f -> new Client(f.principal(), f.id(), f.scopes()))
                  : Optional.empty();
            });
  }

  @Override
  public Future<Login> login(
      CredentialType.UserPassword type, String username, String password, ClientAddress address) {
    var attempt = LoginGuard.Attempt.of(address, type.name(), username);
    return switch (guard.ask(attempt)) {
      case LoginGuard.Verdict.Locked(Duration remaining) ->
          Future.succeededFuture(new Login.Locked(remaining));
      case LoginGuard.Verdict.Wait wait -> Future.succeededFuture(new Login.Busy());
      case LoginGuard.Verdict.Try now ->
          user(type, username, address)
              .compose(user -> check(user, password, address))
              .recover(PgCredentials::busy)
              .transform(result -> told(attempt, result, type, username, address));
    };
  }

  private Future<Optional<StoredUser>> user(
      CredentialType.UserPassword type, String username, ClientAddress address) {
    return CredentialNames.storable(username)
        ? askForStranger(address, () -> store.findUser(type.name(), username, address))
        : Future.succeededFuture(Optional.empty());
  }

  /** What came of a password is told to the guard, and if it was wrong written down. */
  private Future<Login> told(
      LoginGuard.Attempt attempt,
      AsyncResult<Login> result,
      CredentialType.UserPassword type,
      String username,
      ClientAddress address) {
    switch (result.result()) {
      case Login.Success success -> guard.right(attempt);
      case Login.Denied denied -> {
        String action = guard.wrong(attempt) ? "login_locked" : "login_refused";
        return refused(action, type, username, address).map(written -> denied);
      }
      case null, default -> guard.unknown(attempt);
    }
    return result.failed()
        ? Future.failedFuture(result.cause())
        : Future.succeededFuture(result.result());
  }

  private Future<Void> refused(
      String action, CredentialType type, String name, ClientAddress address) {
    AuditEvent event =
        AuditEvent.of(action, AuditEvent.Outcome.FAILURE, "a name and its secret do not fit")
            .with("user.name", name)
            .with("client.address", address.network())
            .with("sluice.credential_type", type.name().text());
    return audit.writeFailure(event, address);
  }

  /** Makes a revoked or replaced secret unknown at once, in this process. */
  void forget(SecretHash secret) {
    secrets.values().forEach(cache -> cache.forget(secret));
  }

  /** Looks everything up anew. */
  void forgetAll() {
    secrets.values().forEach(LookupCache::forgetAll);
  }

  private LookupCache<Principal> newCache() {
    return new LookupCache<>(settings.credentialCacheSize(), settings.cacheLifetime(), ticker);
  }

  private Future<Login> check(Optional<StoredUser> user, String password, ClientAddress address) {
    boolean sensible = !CredentialNames.isTooLongForAPassword(password);
    return passwords
        .matches(sensible ? password : "", user.map(StoredUser::passwordHash), address)
        .map(
            right ->
                user.filter(known -> right && sensible)
                    .<Login>map(known -> new Login.Success(known.principal(), known.backing()))
                    .orElseGet(Login.Denied::new));
  }

  private static Future<Login> busy(Throwable failure) {
    return failure instanceof AccessBusy
        ? Future.succeededFuture(new Login.Busy())
        : Future.failedFuture(failure);
  }

  /** Within the share of his address. */
  @Override
  public <T> Future<T> askForStranger(ClientAddress address, Supplier<Future<T>> question) {
    var place = lookUps.holding(address);
    if (!place.take(1)) {
      return Future.failedFuture(new AccessBusy());
    }
    return Future.succeededFuture()
        .compose(taken -> question.get())
        .onComplete(answer -> place.release());
  }
}
