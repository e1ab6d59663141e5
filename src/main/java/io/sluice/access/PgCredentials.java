package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.ledger.Principal;
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

/**
 * Credentials kept in PostgreSQL. Secrets that come with every request are remembered for a short
 * while, those of one type never at the cost of another's; clients and users, which only fetch
 * tokens, are looked up each time, so that revoking one bites at once.
 */
public final class PgCredentials implements Credentials {
  /** A decoy of the right length for clients that do not exist. */
  private static final Buffer NO_HASH = SecretHash.of("").toBuffer();

  private final CredentialStore store;
  private final Passwords passwords;
  private final AccessSettings settings;
  private final LoginGuard guard;
  private final Ticker ticker;
  private final Map<CredentialTypeName, LookupCache<Principal>> secrets = new ConcurrentHashMap<>();

  public PgCredentials(
      CredentialStore store, Passwords passwords, AccessSettings settings, Clock clock) {
    this(store, passwords, settings, clock, Ticker.systemTicker());
  }

  PgCredentials(
      CredentialStore store,
      Passwords passwords,
      AccessSettings settings,
      Clock clock,
      Ticker ticker) {
    this.store = store;
    this.passwords = passwords;
    this.settings = settings;
    this.guard = new LoginGuard(settings, clock);
    this.ticker = ticker;
  }

  @Override
  public Future<Optional<Principal>> find(CredentialType.BearerSecret type, String secret) {
    SecretHash hash = SecretHash.of(secret);
    return secrets
        .computeIfAbsent(type.name(), name -> newCache())
        .get(hash, () -> store.findSecret(type.name(), hash.toBuffer()));
  }

  @Override
  public Future<Optional<Client>> find(
      CredentialType.ClientCredentials type, String clientId, String clientSecret) {
    if (!CredentialNames.storable(clientId)) {
      return Future.succeededFuture(Optional.empty());
    }
    byte[] presented = SecretHash.of(clientSecret).toBuffer().getBytes();
    return store
        .findClient(type.name(), clientId)
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
          user(type, username)
              .compose(user -> check(user, password, address))
              .onComplete(result -> tell(attempt, result));
    };
  }

  private Future<Optional<StoredUser>> user(CredentialType.UserPassword type, String username) {
    return CredentialNames.storable(username)
        ? store.findUser(type.name(), username)
        : Future.succeededFuture(Optional.empty());
  }

  private void tell(LoginGuard.Attempt attempt, AsyncResult<Login> result) {
    switch (result.result()) {
      case Login.Success success -> guard.right(attempt);
      case Login.Denied denied -> guard.wrong(attempt);
      case null, default -> guard.unknown(attempt);
    }
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
    boolean sensible = password.length() <= CredentialNames.MAX_PASSWORD_CHARS;
    return passwords
        .matches(sensible ? password : "", user.map(StoredUser::passwordHash), address)
        .map(
            right ->
                user.filter(known -> right && sensible)
                    .<Login>map(known -> new Login.Success(known.principal(), known.backing()))
                    .orElseGet(Login.Denied::new))
        .recover(
            failure ->
                failure instanceof PasswordsBusy
                    ? Future.succeededFuture(new Login.Busy())
                    : Future.failedFuture(failure));
  }
}
