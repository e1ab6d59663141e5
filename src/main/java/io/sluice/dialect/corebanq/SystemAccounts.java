package io.sluice.dialect.corebanq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * The other side of what enters or leaves a tenant's ledgers through single entries and opening
 * balances: one clearing account for each currency.
 */
final class SystemAccounts {
  static final String KIND = "corebanq.system";
  static final String REFERENCE = "clearing";

  private static final int MAX_REMEMBERED = 100_000;

  private static final HolderId CLEARING =
      new HolderId(Digest.start().add(KIND).add(REFERENCE).toUuid());

  private final Services services;
  private final Cache<TenantId, Boolean> ready =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  SystemAccounts(Services services) {
    this.services = services;
  }

  /** The clearing account of a currency; its holder is stored with the tenant's first use. */
  Future<AccountRef> clearing(TenantId tenant, AssetId asset) {
    AccountRef account = AccountRef.of(CLEARING, asset, Bucket.AVAILABLE, AccountKind.SYSTEM);
    if (ready.getIfPresent(tenant) != null) {
      return Future.succeededFuture(account);
    }
    Instant now = services.clock().instant();
    Holder holder =
        new Holder(tenant, CLEARING, KIND, REFERENCE, HolderStatus.ACTIVE, "{}", now, now);
    return services
        .holders()
        .insert(holder)
        .map(
            inserted -> {
              ready.put(tenant, true);
              return account;
            });
  }
}
