package io.sluice.dialect.pebble;

import io.sluice.ledger.TenantId;

/** Who calls. */
record Caller(TenantId tenant) {}
