package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * Where and how carbon is removed.
 *
 * @param shortCode unique in the registry; part of serial numbers
 * @param pathway how, in one of the provider's words
 * @param countryCode three letters of ISO 3166-1
 * @param detail the dialect's own JSON object
 * @param nextSerial the number of its next unit, 1 kg each; its first is 0
 */
public record Project(
    TenantId tenant,
    UUID id,
    HolderId supplier,
    String name,
    String shortCode,
    String pathway,
    String countryCode,
    String detail,
    long nextSerial,
    Instant createdAt) {}
