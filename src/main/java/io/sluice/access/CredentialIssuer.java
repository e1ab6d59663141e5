package io.sluice.access;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;

/**
 * Makes credentials. Each call replaces the tenant's credential of that type and label, if there is
 * one, and hands the new secret out this one time.
 *
 * <p>A call fails with {@link CredentialRefused} when the arguments cannot be granted.
 */
public interface CredentialIssuer {
  /** A new secret. */
  Future<String> issue(CredentialType.BearerSecret type, TenantId tenant, String label);

  /** A new client, unless the tenant has as many in force as the type allows. */
  Future<IssuedClient> issue(
      CredentialType.ClientCredentials type, TenantId tenant, String label, Set<String> scopes);

  /**
   * A user's id. The user's label is its name; an existing user of the tenant keeps its id and gets
   * the new password.
   *
   * @param username 1–255 characters, unique over all tenants because a login names no tenant
   * @param password 8–1024 characters, neither the name nor one of the commonest passwords
   */
  Future<UUID> issue(
      CredentialType.UserPassword type, TenantId tenant, String username, String password);

  /** A new token for a subject that the tenant has. */
  Future<String> issue(
      CredentialType.SubjectToken type, TenantId tenant, String label, Subject subject);

  /**
   * Whom a token acts for.
   *
   * @param id its id in the tenant's books
   * @param reference its id as clients know it
   */
  record Subject(UUID id, String reference) {}
}
