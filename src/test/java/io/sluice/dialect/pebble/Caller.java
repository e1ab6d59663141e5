package io.sluice.dialect.pebble;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;

/** Who calls. */
record Caller(Principal principal) {
  TenantId tenant() {
    return principal.tenant();
  }
}
