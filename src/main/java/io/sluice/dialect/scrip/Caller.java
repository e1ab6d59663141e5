package io.sluice.dialect.scrip;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;

/**
 * Who calls.
 *
 * @param principal the organisation whose API key was sent
 */
record Caller(Principal principal) {
  TenantId tenant() {
    return principal.tenant();
  }
}
