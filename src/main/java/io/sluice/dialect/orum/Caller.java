package io.sluice.dialect.orum;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;

/**
 * Who calls.
 *
 * @param principal whose books the call may touch
 */
record Caller(Principal principal) {
  TenantId tenant() {
    return principal.tenant();
  }
}
