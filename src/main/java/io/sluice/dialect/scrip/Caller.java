package io.sluice.dialect.scrip;

import io.sluice.ledger.TenantId;

/**
 * Who calls.
 *
 * @param tenant the organisation whose API key was sent
 */
record Caller(TenantId tenant) {}
