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
 *
 * @param systemAccount the other side of funding, so that all of a tenant's dollars sum to zero;
 *     with a floor, unlike other system accounts: it is what keeps the sum of all balances, which
 *     is answered too, within 64 bits
 */
record Accounts(
    TenantId tenant, AssetId currency, AccountRef enterpriseAccount, AccountRef systemAccount) {
  /** No more money than this, in cents, ever enters. */
  static final Amount MAX_TOTAL_CENTS = Amount.MAX_LONG;

  Accounts(TenantId tenant) {
    this(tenant, new AssetId(derived(tenant, Names.USD)));
  }

  private Accounts(TenantId tenant, AssetId currency) {
    this(
        tenant,
        currency,
        AccountRef.available(new HolderId(derived(tenant, Names.ENTERPRISE)), currency),
        AccountRef.available(new HolderId(derived(tenant, Names.SYSTEM)), currency));
  }

  HolderId enterprise() {
    return enterpriseAccount.holder();
  }

  HolderId system() {
    return systemAccount.holder();
  }

  /** The one account of the enterprise or of a subledger. */
  AccountRef account(HolderId holder) {
    return AccountRef.available(holder, currency);
  }

  private static UUID derived(TenantId tenant, String kind) {
    return Digest.start().add(kind).add(tenant.value()).toUuid();
  }
}
