package io.sluice.access;

import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialOwner;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialType;
import io.sluice.store.access.Grant;
import io.sluice.store.access.NewCredential;
import io.sluice.store.access.StoredCredential;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes, lists and revokes credentials in PostgreSQL. */
public final class PgCredentialIssuer implements CredentialIssuer {
  /** As Isometric's organisation tokens live. */
  public static final Duration ORGANISATION_TOKEN_LIFETIME = Duration.ofDays(365);

  /** The one dialect that knows organisation tokens. */
  private static final String ISOMETRIC = "isometric";

  private final CredentialStore store;
  private final PgCredentials credentials;
  private final JwtTokens tokens;
  private final Passwords passwords;
  private final Ids ids;
  private final Clock clock;
  private final SecretMaker secrets = new SecretMaker();

  /**
   * @param credentials is told of what is no longer in force
   */
  public PgCredentialIssuer(
      CredentialStore store,
      PgCredentials credentials,
      JwtTokens tokens,
      Passwords passwords,
      Ids ids,
      Clock clock) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
    this.passwords = passwords;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Future<String> clientSecret(TenantId tenant, String label) {
    return secret(tenant, CredentialType.CLIENT_SECRET, label, secrets.clientSecret());
  }

  @Override
  public Future<String> apiKey(TenantId tenant, String label) {
    return secret(tenant, CredentialType.API_KEY, label, secrets.apiKey());
  }

  @Override
  public Future<OAuthSecret> oauthClient(TenantId tenant, String label, Set<String> scopes) {
    OAuthSecret secret = new OAuthSecret(secrets.clientId(), secrets.clientSecret());
    return guarded(
        () -> {
          CredentialNames.requireStorable("label", label);
          requireScopes(scopes);
          return store
              .replace(
                  new NewCredential(
                      new CredentialOwner(tenant, ids.next()),
                      CredentialType.OAUTH_CLIENT,
                      label,
                      Optional.of(secret.clientId()),
                      Optional.of(SecretHash.of(secret.clientSecret()).toBuffer()),
                      Optional.empty(),
                      scopes,
                      Optional.empty(),
                      clock.instant()))
              .map(this::granted)
              .map(id -> secret);
        });
  }

  @Override
  public Future<UUID> user(TenantId tenant, String username, String password) {
    return guarded(
        () -> {
          CredentialNames.requireStorable("username", username);
          CredentialNames.requirePassword(password);
          return passwords
              .hash(password)
              .compose(hash -> store.putUser(newUser(tenant, username, hash)))
              .map(this::granted);
        });
  }

  /**
   * A token with which a client acts for one organisation (Isometric), for one year. Replaces the
   * tenant's token of that label.
   *
   * @param organisation the holder that the organisation is
   * @param reference the organisation's id as clients know it
   */
  public Future<String> organisationToken(
      TenantId tenant, String label, UUID organisation, String reference) {
    return guarded(
        () -> {
          CredentialNames.requireStorable("label", label);
          CredentialNames.requireStorable("organisation_id", reference);
          UUID id = ids.next();
          Instant now = clock.instant();
          Instant expiresAt = now.plus(ORGANISATION_TOKEN_LIFETIME);
          return store
              .replace(
                  new NewCredential(
                      new CredentialOwner(tenant, id),
                      CredentialType.ORGANISATION_TOKEN,
                      label,
                      Optional.of(reference),
                      Optional.empty(),
                      Optional.empty(),
                      Set.of(),
                      Optional.of(expiresAt),
                      now))
              .map(this::granted)
              .map(
                  granted -> {
                    tokens.forgetAll();
                    return tokens.issue(
                        new TokenClaims(tenant, ISOMETRIC, organisation, Set.of(), expiresAt), id);
                  });
        });
  }

  /** A tenant's credentials of one type, oldest first, revoked ones included. */
  public Future<List<StoredCredential>> list(TenantId tenant, CredentialType type, int limit) {
    return store.list(tenant, type, limit);
  }

  /** The tenant's credential in force of that type and label. */
  public Future<Optional<StoredCredential>> find(
      TenantId tenant, CredentialType type, String label) {
    return store.find(tenant, type, label);
  }

  /**
   * Takes a credential out of force, for ever; in this process at once.
   *
   * @return false when the tenant has no such credential
   */
  public Future<Boolean> revoke(TenantId tenant, CredentialType type, UUID id) {
    return store
        .revoke(tenant, type, id, clock.instant())
        .onSuccess(
            revoked -> {
              credentials.forgetAll();
              tokens.forgetAll();
            });
  }

  private Future<String> secret(TenantId tenant, CredentialType type, String label, String secret) {
    return guarded(
        () -> {
          CredentialNames.requireStorable("label", label);
          return store
              .replace(
                  NewCredential.secret(
                      new CredentialOwner(tenant, ids.next()),
                      type,
                      label,
                      SecretHash.of(secret).toBuffer(),
                      clock.instant()))
              .map(this::granted)
              .map(id -> secret);
        });
  }

  private NewCredential newUser(TenantId tenant, String username, String hash) {
    return new NewCredential(
        new CredentialOwner(tenant, ids.next()),
        CredentialType.USER,
        username,
        Optional.of(username),
        Optional.empty(),
        Optional.of(hash),
        Set.of(),
        Optional.empty(),
        clock.instant());
  }

  private UUID granted(Grant grant) {
    return switch (grant) {
      case Grant.Granted(UUID id, List<Buffer> revoked) -> {
        revoked.forEach(hash -> credentials.forget(SecretHash.of(hash)));
        yield id;
      }
      case Grant.UnknownTenant() ->
          throw refused(CredentialRefused.Reason.UNKNOWN_TENANT, "there is no such tenant");
      case Grant.TooMany(int limit) ->
          throw refused(
              CredentialRefused.Reason.TOO_MANY,
              "the tenant has " + limit + " of these already; revoke one first");
      case Grant.NameTaken() ->
          throw refused(CredentialRefused.Reason.NAME_TAKEN, "the name is taken");
    };
  }

  private static void requireScopes(Set<String> scopes) {
    if (scopes.size() > CredentialNames.MAX_SCOPES) {
      throw refused(
          CredentialRefused.Reason.INVALID,
          "scopes must have at most "
              + CredentialNames.MAX_SCOPES
              + " elements, not "
              + scopes.size());
    }
    scopes.forEach(CredentialNames::requireScope);
  }

  private static CredentialRefused refused(CredentialRefused.Reason reason, String message) {
    return new CredentialRefused(reason, message);
  }

  private static <T> Future<T> guarded(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (CredentialRefused e) {
      return Future.failedFuture(e);
    }
  }
}
