package io.sluice.store.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of the audit.
 *
 * @param tenant the tenant's id; 0 where none is concerned
 * @param outcome {@code unknown}, {@code success} or {@code failure}
 * @param record a flat JSON object
 */
public record AuditRow(
    int tenant, UUID id, Instant at, String action, String outcome, String record) {}
