package io.sluice.dialect.isometric;

import io.sluice.ledger.TenantId;

/**
 * Who asks.
 *
 * @param tenant whose registry
 * @param organisation the one that the token acts for
 */
record Caller(TenantId tenant, Organisation organisation) {}
