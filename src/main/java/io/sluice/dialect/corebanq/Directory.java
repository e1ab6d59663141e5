package io.sluice.dialect.corebanq;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Known;
import io.sluice.dialect.NameIndex;
import io.sluice.dialect.NamesAhead;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds the ledgers that requests name, and the other side of what enters or leaves them. */
final class Directory {
  private static final int MAX_LEDGERS = 200_000;
  private static final int MAX_CLEARING_ACCOUNTS = 100_000;

  private static final String CLEARING = "clearing";
  private static final HolderId CLEARING_HOLDER =
      new HolderId(Digest.start().add(Names.SYSTEM).add(CLEARING).toUuid());

  private final Services services;
  private final Known<UUID, LedgerAccount> ledgers;
  private final Known<AssetId, AccountRef> clearing =
      new Known<>(MAX_CLEARING_ACCOUNTS, this::openClearing);

  Directory(Services services) {
    this.services = services;
    this.ledgers =
        new Known<>(MAX_LEDGERS, services.names().names(Names.LEDGER, new Form()), this::load);
  }

  /** How an account is told in numbers: its ledger is its name, and its currency is many's. */
  private static final class Form implements NameIndex.Form<UUID, LedgerAccount> {
    private record Money(AssetId asset, String code) {}

    @Override
    public Digest digest(Digest start, UUID ledger) {
      return start.add(ledger);
    }

    @Override
    public UUID id(LedgerAccount account) {
      return account.ledger();
    }

    @Override
    public Object common(LedgerAccount account) {
      return new Money(account.account().asset(), account.currencyCode());
    }

    @Override
    public LedgerAccount value(UUID ledger, UUID id, Object common) {
      var money = (Money) common;
      return new LedgerAccount(
          ledger, AccountRef.available(new HolderId(ledger), money.asset()), money.code());
    }
  }

  /** Learns of ledgers before anybody names them. */
  Chore ahead() {
    return new NamesAhead<>(services.holders(), Names.LEDGER, ledgers, Directory::accounts).chore();
  }

  Future<Optional<LedgerAccount>> find(TenantId tenant, UUID ledger) {
    return ledgers.find(tenant, ledger);
  }

  /** Those of the ledgers that there are; absent ones are left out. */
  Future<Map<UUID, LedgerAccount>> find(TenantId tenant, List<UUID> ids) {
    return ledgers.find(tenant, ids);
  }

  /**
   * The account of a ledger.
   *
   * @return fails with the API's error where there is no such ledger
   */
  Future<LedgerAccount> account(TenantId tenant, UUID ledger) {
    return find(tenant, ledger).map(found -> found.orElseThrow(() -> unknown(ledger)));
  }

  /**
   * The holder behind a ledger's id, as it is now.
   *
   * @return fails with the API's error where there is no such ledger, or it is still being set up
   */
  Future<Holder> holder(TenantId tenant, UUID ledger) {
    return services
        .holders()
        .find(tenant, new HolderId(ledger))
        .map(found -> found.filter(Directory::isLedger).orElseThrow(() -> unknown(ledger)));
  }

  /**
   * The other side of what enters or leaves a tenant's ledgers through single entries and opening
   * balances: one clearing account for each currency.
   */
  Future<AccountRef> clearing(TenantId tenant, AssetId currency) {
    return clearing.find(tenant, currency).map(Optional::orElseThrow);
  }

  private Future<Map<UUID, LedgerAccount>> load(TenantId tenant, Collection<UUID> ids) {
    return services
        .holders()
        .findAll(tenant, ids.stream().map(HolderId::new).toList())
        .map(found -> accounts(found.values()));
  }

  private static Map<UUID, LedgerAccount> accounts(Collection<Holder> found) {
    Map<UUID, LedgerAccount> accounts = HashMap.newHashMap(found.size());
    for (Holder holder : found) {
      if (isLedger(holder)) {
        LedgerDetail detail = LedgerDetail.read(holder.detail());
        UUID id = holder.id().value();
        accounts.put(
            id,
            new LedgerAccount(id, detail.account(holder.id()), detail.ledger().currency().code()));
      }
    }
    return accounts;
  }

  private static boolean isLedger(Holder holder) {
    return holder.kind().equals(Names.LEDGER) && holder.status() != HolderStatus.OPENING;
  }

  private static ApiException unknown(UUID ledger) {
    return new ApiException(Errors.ledgerNotFound(ledger));
  }

  /** The holder of all of a tenant's clearing accounts is stored with the first use. */
  private Future<Map<AssetId, AccountRef>> openClearing(
      TenantId tenant, Collection<AssetId> currencies) {
    Instant now = services.clock().instant();
    return services
        .holders()
        .insert(Holder.active(tenant, CLEARING_HOLDER, Names.SYSTEM, CLEARING, "{}", now))
        .map(inserted -> clearingAccounts(currencies));
  }

  private static Map<AssetId, AccountRef> clearingAccounts(Collection<AssetId> currencies) {
    Map<AssetId, AccountRef> accounts = HashMap.newHashMap(currencies.size());
    for (AssetId currency : currencies) {
      accounts.put(
          currency, AccountRef.of(CLEARING_HOLDER, currency, Bucket.AVAILABLE, AccountKind.SYSTEM));
    }
    return accounts;
  }
}
