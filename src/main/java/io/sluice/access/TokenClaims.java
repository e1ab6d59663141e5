package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a verified bearer token says.
 *
 * @param tenant whose data the bearer may touch
 * @param dialect the one API that the token is for
 * @param subject the user, client or holder behind the token
 * @param scopes what the bearer may do; empty where the dialect knows no scopes
 * @param expiresAt when the token ends
 */
public record TokenClaims(
    TenantId tenant, String dialect, UUID subject, Set<String> scopes, Instant expiresAt) {}
