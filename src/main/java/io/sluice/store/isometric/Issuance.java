package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * The registry's act of issuing batches.
 *
 * @param reference the administrator's own name for it, unique in the registry
 * @param fingerprint SHA-256 over what was asked for; equal means the same request
 */
public record Issuance(
    TenantId tenant,
    UUID id,
    String reference,
    byte[] fingerprint,
    UUID project,
    Instant issuedAt,
    Instant reportingPeriodStartAt,
    Instant reportingPeriodEndAt,
    Instant createdAt) {}
