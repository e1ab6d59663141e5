package io.sluice.store.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the audit.
 *
 * @param tenant the tenant's id; 0 where none is concerned
 * @param outcome {@code unknown}, {@code success} or {@code failure}
 * @param transfer what moved value
 * @param credential the number of the credential that it is about
 * @param request the id of the request in which it happened
 * @param record a flat JSON object, which says all of this too
 */
public record AuditRow(
    int tenant,
    UUID id,
    Instant at,
    String action,
    String outcome,
    Optional<UUID> transfer,
    Optional<Integer> credential,
    Optional<String> request,
    String record) {}
