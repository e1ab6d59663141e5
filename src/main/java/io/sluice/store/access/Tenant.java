package io.sluice.store.access;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A customer of the operator.
 *
 * @param name unique
 * @param rate the tenant's own request rate, if it has one
 */
public record Tenant(TenantId id, String name, Instant createdAt, Optional<TenantRate> rate) {}
