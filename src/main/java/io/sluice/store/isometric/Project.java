package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * Where and how carbon is removed.
 *
 * @param shortCode unique in the registry; part of serial numbers
 * @param pathwayCode part of serial numbers
 * @param countryCode three letters of ISO 3166-1
 * @param nextSerial the number of its next unit, 1 kg each
 */
public record Project(
    TenantId tenant,
    UUID id,
    HolderId supplier,
    String name,
    String shortCode,
    String pathwayCode,
    String countryCode,
    long nextSerial,
    Instant createdAt) {}
