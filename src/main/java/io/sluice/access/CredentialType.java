package io.sluice.access;

import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialTypeName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A type of credential, as a dialect brings it. How it is looked up, made, listed and revoked
 * follows from its form and from what is said here; nothing else has to know it.
 */
public sealed interface CredentialType {
  CredentialTypeName name();

  /** One of them in the names of operations: {@code ApiKey}, as in {@code createApiKey}. */
  String operation();

  /** How many a tenant may have in force, 1 or more; as many as it likes unless the type says. */
  default int maxInForce() {
    return Integer.MAX_VALUE;
  }

  /**
   * A random secret that comes with each request and says alone who calls. What was found is
   * remembered for a while.
   *
   * @param prefix what each secret starts with, perhaps nothing; 32 letters and digits follow
   */
  record BearerSecret(CredentialTypeName name, String operation, String prefix)
      implements CredentialType {}

  /**
   * A client's id with a random secret, and scopes: the client credentials of OAuth 2, which only
   * fetch tokens. Looked up each time.
   *
   * @param scopes those that there are
   */
  record ClientCredentials(
      CredentialTypeName name, String operation, int maxInForce, Set<String> scopes)
      implements CredentialType {
    public ClientCredentials {
      scopes = Set.copyOf(scopes);
      if (maxInForce < 1) {
        throw new IllegalArgumentException("a tenant may have 1 or more, not " + maxInForce);
      }
    }
  }

  /** A person's name with a password, which only fetch tokens. Looked up each time. */
  record UserPassword(CredentialTypeName name, String operation) implements CredentialType {}

  /**
   * A token that the gateway signs for one subject.
   *
   * @param dialect the one API that it opens
   * @param subjectKind one word for what it acts for: {@code organisation}, whose id is then asked
   *     for as {@code organisation_id}
   * @param lifetime longer than nothing, at most {@link #MAX_LIFETIME}
   * @param subjects finds whom it acts for
   */
  record SubjectToken(
      CredentialTypeName name,
      String operation,
      String dialect,
      String subjectKind,
      Duration lifetime,
      Subjects subjects)
      implements CredentialType {
    /** Of any token that the gateway signs: a year, and a day where it leaps. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(366);

    public SubjectToken {
      if (!lifetime.isPositive() || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "a token's lifetime is longer than nothing and at the most " + MAX_LIFETIME);
      }
    }

    /** The name of the member that says whom a token is to act for. */
    public String subjectMember() {
      return subjectKind + "_id";
    }
  }

  /** Those whom tokens of one type may act for. */
  interface Subjects {
    /** The subject that clients know by this id, if the tenant has it. */
    Future<Optional<UUID>> find(TenantId tenant, String id);
  }
}
