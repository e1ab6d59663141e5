package io.sluice.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody else whose tokens are accepted.
 *
 * @param issuer the {@code iss} that its tokens carry
 * @param keys where its JSON Web Key Set is
 * @param audience the {@code aud} that its tokens carry
 * @param tenantClaim the claim that carries the tenant's id; empty where there is one tenant only
 * @param tenants the ids of the tenants that it may speak for; never empty
 * @param dialects the dialects that its tokens open; never empty
 */
public record IssuerSettings(
    String issuer,
    URI keys,
    String audience,
    Optional<String> tenantClaim,
    Set<Integer> tenants,
    Set<String> dialects) {}
