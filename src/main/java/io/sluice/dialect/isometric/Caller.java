package io.sluice.dialect.isometric;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;

/**
 * Who asks.
 *
 * @param principal whose registry
 * @param organisation the one that the token acts for
 */
record Caller(Principal principal, Organisation organisation) {
  TenantId tenant() {
    return principal.tenant();
  }
}
