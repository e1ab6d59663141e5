package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The registry's act of issuing batches.
 *
 * @param reference the administrator's own name for it, unique in the registry
 * @param fingerprint SHA-256 over what was asked for; equal means the same request
 * @param supplier the one behind the project
 * @param reportingPeriodStart the first day reported on
 * @param reportingPeriodEnd the last one
 * @param supplierKilograms what the supplier received, more than 0
 * @param bufferKilograms what the buffer pool received, 0 or more
 */
public record Issuance(
    TenantId tenant,
    UUID id,
    String reference,
    byte[] fingerprint,
    UUID project,
    HolderId supplier,
    Instant issuedAt,
    LocalDate reportingPeriodStart,
    LocalDate reportingPeriodEnd,
    long supplierKilograms,
    long bufferKilograms,
    Instant createdAt) {}
