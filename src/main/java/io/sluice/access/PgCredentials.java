package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.store.access.CredentialOwner;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.access.StoredClient;
import io.sluice.store.access.StoredUser;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
  private final Clock clock;
  private final Ticker ticker;
  private final Map<CredentialTypeName, LookupCache<CredentialOwner>> secrets =
      new ConcurrentHashMap<>();

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
    this.ticker = ticker;
  }

  @Override
  public Future<Optional<CredentialOwner>> find(CredentialType.BearerSecret type, String secret) {
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
                  ? found.map(f -> new Client(f.owner().tenant(), f.owner().id(), f.scopes()))
                  : Optional.empty();
            });
  }

  @Override
  public Future<Login> login(CredentialType.UserPassword type, String username, String password) {
    Future<Optional<StoredUser>> found =
        CredentialNames.storable(username)
            ? store.findUser(type.name(), username)
            : Future.succeededFuture(Optional.empty());
    return found.compose(
        user ->
            user.flatMap(u -> locked(u, clock.instant()))
                .<Future<Login>>map(Future::succeededFuture)
                .orElseGet(() -> check(user, password)));
  }

  /** Makes a revoked or replaced secret unknown at once, in this process. */
  void forget(SecretHash secret) {
    secrets.values().forEach(cache -> cache.forget(secret));
  }

  /** Looks everything up anew. */
  void forgetAll() {
    secrets.values().forEach(LookupCache::forgetAll);
  }

  private LookupCache<CredentialOwner> newCache() {
    return new LookupCache<>(settings.credentialCacheSize(), settings.cacheLifetime(), ticker);
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
                    ? new Login.Success(user.owner().tenant(), user.backing())
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
