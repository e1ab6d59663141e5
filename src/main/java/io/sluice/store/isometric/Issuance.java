package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The registry's act of issuing batches.
 *
 * @param reference the administrator's own name for it, unique in the registry
 * @param fingerprint SHA-256 over what was asked for; equal means the same request
 * @param reportingPeriodStart the first day reported on
 * @param reportingPeriodEnd the last one
 */
public record Issuance(
    TenantId tenant,
    UUID id,
    String reference,
    byte[] fingerprint,
    UUID project,
    Instant issuedAt,
    LocalDate reportingPeriodStart,
    LocalDate reportingPeriodEnd,
    Instant createdAt) {}
