package io.sluice.config;

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
 * @param tenantClaim the claim that carries the tenant's id; without it, {@code tenants} has
 *     exactly one element, and that one it is
 * @param tenants the ids of the only tenants that it may speak for; never empty
 * @param dialects the only dialects that its tokens open; never empty
 * @param unscopedAllowed whether a token without scopes may do everything; otherwise it may do
 *     nothing
 */
public record IssuerSettings(
    String issuer,
    URI keys,
    String audience,
    Optional<String> tenantClaim,
    Set<Integer> tenants,
    Set<String> dialects,
    boolean unscopedAllowed) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  public IssuerSettings {
    tenants = Set.copyOf(tenants);
    dialects = Set.copyOf(dialects);
    require(!issuer.isEmpty() && !audience.isEmpty(), "a name and an audience");
    require(!tenants.isEmpty(), "the tenants that it may speak for");
    require(tenants.stream().allMatch(tenant -> tenant > 0), "tenants' ids that are positive");
    require(!dialects.isEmpty(), "the dialects that it is for");
    require(tenantClaim.isPresent() || tenants.size() == 1, "a tenantClaim, or exactly one tenant");
    require(trustworthy(keys), "keys that come by https, from a file or from this machine");
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

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("needs " + what);
    }
  }
}
