package io.sluice.dialect.orum;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * Who calls.
 *
 * @param principal whose books the call may touch
 * @param client what asks, as clients are known
 */
record Caller(Principal principal, UUID client) {
  TenantId tenant() {
    return principal.tenant();
  }
}
