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
  /** A new client secret (Isometric): 32 letters and digits. */
  Future<String> clientSecret(TenantId tenant, String label);

  /** A new API key (Scrip), starting with {@code sk_}. */
  Future<String> apiKey(TenantId tenant, String label);

  /**
   * A new OAuth client (Orum). A tenant has at most two in force, so that one can be replaced by
   * the other without a gap.
   */
  Future<OAuthSecret> oauthClient(TenantId tenant, String label, Set<String> scopes);

  /**
   * A user with a password (generic ledger). The user's label is its name; an existing user of the
   * tenant keeps its id and gets the new password.
   *
   * @param username 1–255 characters, unique over all tenants because a login names no tenant
   * @param password 8–1024 characters
   */
  Future<UUID> user(TenantId tenant, String username, String password);
}
