package io.sluice.dialect.orum;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * Where a tenant's dollars sit. All ids follow from the tenant, so that a transfer needs no look-up
 * for the enterprise's side.
 */
record Accounts(TenantId tenant) {
  /** No more money than this, in cents, ever enters. */
  static final Amount MAX_TOTAL_CENTS = Amount.MAX_LONG;

  AssetId currency() {
    return new AssetId(derived(Names.USD));
  }

  HolderId enterprise() {
    return new HolderId(derived(Names.ENTERPRISE));
  }

  /** The other side of funding, so that all of a tenant's dollars sum to zero. */
  HolderId system() {
    return new HolderId(derived(Names.SYSTEM));
  }

  AccountRef enterpriseAccount() {
    return account(enterprise());
  }

  /**
   * An account with a floor, unlike other system accounts: it is what keeps the sum of all
   * balances, which is answered too, within 64 bits.
   */
  AccountRef systemAccount() {
    return account(system());
  }

  /** The one account of the enterprise or of a subledger. */
  AccountRef account(HolderId holder) {
    return AccountRef.available(holder, currency());
  }

  private UUID derived(String kind) {
    return Digest.start().add(kind).add(tenant.value()).toUuid();
  }
}
