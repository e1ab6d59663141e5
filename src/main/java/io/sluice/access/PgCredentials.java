package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialOwner;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialType;
import io.sluice.store.access.StoredOAuthClient;
import io.sluice.store.access.StoredUser;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Credentials kept in PostgreSQL. Client secrets and API keys, which come with every request, are
 * remembered for a short while; OAuth clients and users, which only fetch tokens, are looked up
 * each time, so that revoking one bites at once.
 */
public final class PgCredentials implements Credentials {
  /** A decoy of the right length for OAuth clients that do not exist. */
  private static final Buffer NO_HASH = SecretHash.of("").toBuffer();

  private final CredentialStore store;
  private final Passwords passwords;
  private final AccessSettings settings;
  private final Clock clock;
  private final LookupCache<CredentialOwner> clientSecrets;
  private final LookupCache<CredentialOwner> apiKeys;

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
    this.clock = clock;
    this.clientSecrets =
        new LookupCache<>(settings.credentialCacheSize(), settings.cacheLifetime(), ticker);
    this.apiKeys =
        new LookupCache<>(settings.credentialCacheSize(), settings.cacheLifetime(), ticker);
  }

  @Override
  public Future<Optional<TenantId>> clientSecret(String secret) {
    return find(clientSecrets, CredentialType.CLIENT_SECRET, secret)
        .map(owner -> owner.map(CredentialOwner::tenant));
  }

  @Override
  public Future<Optional<ApiKey>> apiKey(String key) {
    return find(apiKeys, CredentialType.API_KEY, key)
        .map(owner -> owner.map(o -> new ApiKey(o.tenant(), o.id())));
  }

  @Override
  public Future<Optional<OAuthClient>> oauthClient(String clientId, String clientSecret) {
    if (!CredentialNames.storable(clientId)) {
      return Future.succeededFuture(Optional.empty());
    }
    byte[] presented = SecretHash.of(clientSecret).toBuffer().getBytes();
    return store
        .findOAuthClient(clientId)
        .map(
            found -> {
              Buffer expected = found.map(StoredOAuthClient::secretHash).orElse(NO_HASH);
              return MessageDigest.isEqual(presented, expected.getBytes())
                  ? found.map(f -> new OAuthClient(f.owner().tenant(), f.owner().id(), f.scopes()))
                  : Optional.empty();
            });
  }

  @Override
  public Future<Login> login(String username, String password) {
    Future<Optional<StoredUser>> found =
        CredentialNames.storable(username)
            ? store.findUser(username)
            : Future.succeededFuture(Optional.empty());
    return found.compose(
        user ->
            user.flatMap(u -> locked(u, clock.instant()))
                .<Future<Login>>map(Future::succeededFuture)
                .orElseGet(() -> check(user, password)));
  }

  /** Makes a revoked or replaced secret unknown at once, in this process. */
  void forget(SecretHash secret) {
    clientSecrets.forget(secret);
    apiKeys.forget(secret);
  }

  /** Looks everything up anew. */
  void forgetAll() {
    clientSecrets.forgetAll();
    apiKeys.forgetAll();
  }

  private Future<Optional<CredentialOwner>> find(
      LookupCache<CredentialOwner> cache, CredentialType type, String secret) {
    SecretHash hash = SecretHash.of(secret);
    return cache.get(hash, () -> store.findBySecret(type, hash.toBuffer()));
  }

  private Future<Login> check(Optional<StoredUser> user, String password) {
    boolean sensible = password.length() <= CredentialNames.MAX_PASSWORD_CHARS;
    return passwords
        .matches(sensible ? password : "", user.map(StoredUser::passwordHash))
        .compose(
            right ->
                user.isEmpty()
                    ? Future.<Login>succeededFuture(new Login.Denied())
                    : right && sensible ? admit(user.get()) : refuse(user.get()))
        .recover(
            failure ->
                failure instanceof PasswordsBusy
                    ? Future.succeededFuture(new Login.Busy())
                    : Future.failedFuture(failure));
  }

  private Future<Login> admit(StoredUser user) {
    return store
        .admit(user.owner(), clock.instant())
        .map(
            admitted ->
                admitted
                    ? new Login.Success(user.owner().tenant(), user.owner().id())
                    : lockedMeanwhile());
  }

  /** Many guesses at once count one by one, and those after the last allowed one are void. */
  private Future<Login> refuse(StoredUser user) {
    Instant now = clock.instant();
    return store
        .countFailure(
            user.owner(), now, settings.maxLoginFailures(), now.plus(settings.loginLock()))
        .map(counted -> counted ? new Login.Denied() : lockedMeanwhile());
  }

  private static Optional<Login> locked(StoredUser user, Instant now) {
    return user.lockedUntil()
        .filter(now::isBefore)
        .map(until -> new Login.Locked(Duration.between(now, until)));
  }

  /** By somebody else's guess while this one was checked, so the whole time is still to come. */
  private Login lockedMeanwhile() {
    return new Login.Locked(settings.loginLock());
  }
}
