package io.sluice.access;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a bearer token says.
 *
 * @param tenant whose data the bearer may touch
 * @param dialect the one API that the token is for
 * @param subject the user, client or holder behind the token
 * @param rights what the bearer may do
 * @param expiresAt when the token ends
 */
public record TokenClaims(
    TenantId tenant, String dialect, UUID subject, Rights rights, Instant expiresAt) {}
