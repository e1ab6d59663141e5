package io.sluice.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialOwner;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.Grant;
import io.sluice.store.access.NewCredential;
import io.sluice.store.access.Proof;
import io.sluice.store.access.StoredCredential;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes, lists and revokes credentials in PostgreSQL. */
public final class PgCredentialIssuer implements CredentialIssuer {
  private final CredentialStore store;
  private final PgCredentials credentials;
  private final JwtTokens tokens;
  private final Passwords passwords;
  private final Ids ids;
  private final Clock clock;
  private final boolean demo;
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
    this(store, credentials, tokens, passwords, ids, clock, false);
  }

  private PgCredentialIssuer(
      CredentialStore store,
      PgCredentials credentials,
      JwtTokens tokens,
      Passwords passwords,
      Ids ids,
      Clock clock,
      boolean demo) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
    this.passwords = passwords;
    this.ids = ids;
    this.clock = clock;
    this.demo = demo;
  }

  /** The same for the demo: {@link #endDemo} ends what this makes. */
  public PgCredentialIssuer forDemo() {
    return new PgCredentialIssuer(store, credentials, tokens, passwords, ids, clock, true);
  }

  /**
   * Takes every credential that was ever made for the demo out of force, and so the tokens that
   * were printed; in this process at once.
   *
   * @return how many there were
   */
  public Future<Integer> endDemo() {
    return store.revokeDemo(clock.instant()).onSuccess(ended -> forgetAll());
  }

  @Override
  public Future<String> issue(CredentialType.BearerSecret type, TenantId tenant, String label) {
    return guarded(
        () -> {
          String secret = type.prefix() + secrets.secret();
          CredentialNames.requireStorable("label", label);
          return store(type, tenant, label, new Proof.Secret(hash(secret))).map(id -> secret);
        });
  }

  @Override
  public Future<IssuedClient> issue(
      CredentialType.ClientCredentials type, TenantId tenant, String label, Set<String> scopes) {
    return guarded(
        () -> {
          IssuedClient client = new IssuedClient(secrets.clientId(), secrets.secret());
          CredentialNames.requireStorable("label", label);
          requireScopes(scopes, type.scopes());
          Proof proof = new Proof.Client(client.clientId(), hash(client.clientSecret()), scopes);
          return store(type, tenant, label, proof).map(id -> client);
        });
  }

  @Override
  public Future<UUID> issue(
      CredentialType.UserPassword type, TenantId tenant, String username, String password) {
    return guarded(
        () -> {
          CredentialNames.requireStorable("username", username);
          CredentialNames.requirePassword(username, password);
          return passwords
              .hash(password)
              .compose(hash -> store(type, tenant, username, new Proof.User(username, hash)));
        });
  }

  @Override
  public Future<String> issue(
      CredentialType.SubjectToken type, TenantId tenant, String label, Subject subject) {
    return guarded(
        () -> {
          CredentialNames.requireStorable("label", label);
          CredentialNames.requireStorable(type.subjectMember(), subject.reference());
          Instant expiresAt = clock.instant().plus(type.lifetime());
          var claims =
              new TokenClaims(
                  tenant, type.dialect(), subject.id(), new Rights.Everything(), expiresAt);
          return store(type, tenant, label, new Proof.Token(subject.reference(), expiresAt))
              .map(id -> tokens.issue(Backing.Credential.unchanging(id), claims));
        });
  }

  /** A tenant's credentials of one type, oldest first, revoked ones included. */
  public Future<List<StoredCredential>> list(
      TenantId tenant, CredentialType type, Optional<Place> after, int limit) {
    return store.list(tenant, type.name(), after, limit);
  }

  /** Where a tenant's credential stands in that list. */
  public Future<Optional<Place>> place(TenantId tenant, CredentialType type, UUID id) {
    return store.place(tenant, type.name(), id);
  }

  /** The tenant's credential in force of that type and label. */
  public Future<Optional<StoredCredential>> find(
      TenantId tenant, CredentialType type, String label) {
    return store.find(tenant, type.name(), label);
  }

  /**
   * Takes a credential out of force, for ever; in this process at once.
   *
   * @return its number; empty when the tenant has no such credential
   */
  public Future<Optional<CredentialNumber>> revoke(TenantId tenant, CredentialType type, UUID id) {
    return store.revoke(tenant, type.name(), id, clock.instant()).onSuccess(revoked -> forgetAll());
  }

  /** Looks up anew who may call, in this process. */
  public void forgetAll() {
    credentials.forgetAll();
    tokens.forgetAll();
  }

  private Future<UUID> store(CredentialType type, TenantId tenant, String label, Proof proof) {
    var owner = new CredentialOwner(tenant, ids.next());
    return store
        .put(
            new NewCredential(owner, type.name(), label, proof, clock.instant(), demo),
            type.maxInForce())
        .map(this::granted);
  }

  private static Buffer hash(String secret) {
    return SecretHash.of(secret).toBuffer();
  }

  private UUID granted(Grant grant) {
    return switch (grant) {
      case Grant.Granted(UUID id, List<Buffer> revoked) -> {
        revoked.forEach(hash -> credentials.forget(SecretHash.of(hash)));
        // A client that was replaced, or a user whose password was changed, has tokens out.
        tokens.forgetAll();
        yield id;
      }
      case Grant.UnknownTenant() ->
          throw refused(CredentialRefused.Reason.UNKNOWN_TENANT, "there is no such tenant");
      case Grant.ClosedTenant() ->
          throw refused(
              CredentialRefused.Reason.CLOSED, "the tenant is closed, which cannot be undone");
      case Grant.TooMany(int limit) ->
          throw refused(
              CredentialRefused.Reason.TOO_MANY,
              "the tenant has " + limit + " of these already; revoke one first");
      case Grant.NameTaken() ->
          throw refused(CredentialRefused.Reason.NAME_TAKEN, "the name is taken");
    };
  }

  private static void requireScopes(Set<String> scopes, Set<String> known) {
    if (scopes.size() > CredentialNames.MAX_SCOPES) {
      throw refused(
          CredentialRefused.Reason.INVALID,
          "scopes must have at most "
              + CredentialNames.MAX_SCOPES
              + " elements, not "
              + scopes.size());
    }
    scopes.forEach(CredentialNames::requireScope);
    if (!known.containsAll(scopes)) {
      throw refused(
          CredentialRefused.Reason.INVALID,
          "each of scopes must be one of " + String.join(", ", new TreeSet<>(known)));
    }
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
