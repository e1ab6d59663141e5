package io.sluice.dialect.corebanq;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * Who is behind a request.
 *
 * @param principal whose ledgers it may touch
 * @param user the acting user, shown as {@code created_by}
 */
record Caller(Principal principal, UUID user) {
  TenantId tenant() {
    return principal.tenant();
  }
}
