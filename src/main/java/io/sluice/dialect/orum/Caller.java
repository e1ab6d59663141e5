package io.sluice.dialect.orum;

import io.sluice.ledger.TenantId;

/**
 * Who calls.
 *
 * @param tenant whose books the call may touch
 */
record Caller(TenantId tenant) {}
