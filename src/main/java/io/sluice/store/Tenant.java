package io.sluice.store;

import io.sluice.ledger.TenantId;
import java.time.Instant;

/**
 * A stored tenant.
 *
 * @param name unique among all tenants
 */
public record Tenant(TenantId id, String name, TenantStatus status, Instant createdAt) {}
