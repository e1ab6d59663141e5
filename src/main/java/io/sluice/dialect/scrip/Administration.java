package io.sluice.dialect.scrip;

import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;

/** What an operator does for a tenant: nothing, as Scrip's own API creates all that there is. */
final class Administration {
  Operations<TenantId> operations() {
    return new Operations<>();
  }
}
