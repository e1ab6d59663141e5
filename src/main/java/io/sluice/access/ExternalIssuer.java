package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody else whose tokens are accepted, for some tenants and some dialects.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param keys where its JSON Web Key Set is: {@code https:}, {@code file:}, or {@code http:} on
 *     this machine
 * @param audience what {@code aud} must be or contain
 * @param tenantClaim the claim that carries the tenant's id; without it, {@code tenants} must have
 *     exactly one element, and that one it is
 * @param tenants the only tenants that the issuer may speak for
 * @param dialects the only dialects that its tokens open
 */
public record ExternalIssuer(
    String issuer,
    URI keys,
    String audience,
    Optional<String> tenantClaim,
    Set<TenantId> tenants,
    Set<String> dialects) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  public ExternalIssuer {
    tenants = Set.copyOf(tenants);
    dialects = Set.copyOf(dialects);
    require(!issuer.isEmpty() && !audience.isEmpty(), "an issuer needs a name and an audience");
    require(!tenants.isEmpty(), "the issuer " + issuer + " needs the tenants it may speak for");
    require(!dialects.isEmpty(), "the issuer " + issuer + " needs the dialects it is for");
    require(
        tenantClaim.isPresent() || tenants.size() == 1,
        "the issuer " + issuer + " needs a tenant claim, or exactly one tenant");
    require(trustworthy(keys), "the keys of " + issuer + " must come by https, not " + keys);
  }

  /** Whoever can change the keys on their way can sign tokens. */
  private static boolean trustworthy(URI keys) {
    return switch (String.valueOf(keys.getScheme())) {
      case "https" -> keys.getHost() != null;
      case "file" -> keys.getPath() != null;
      case "http" -> keys.getHost() != null && THIS_MACHINE.contains(keys.getHost());
      default -> false;
    };
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
