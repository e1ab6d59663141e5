package io.sluice.dialect.isometric;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Registers organisations and suppliers, each once for the administrator's reference to it. */
record Parties(Services services) {
  /**
   * The holder of that reference, new or registered before with the same detail.
   *
   * @param reference what stands for it; its public id where the administrator has none
   */
  Future<Holder> register(
      TenantId tenant, HolderId id, String kind, String reference, String detail) {
    return findOrRegister(tenant, id, kind, reference, detail).map(found -> same(found, detail));
  }

  /** The holder of that reference, new or registered before with whatever detail. */
  Future<Holder> findOrRegister(
      TenantId tenant, HolderId id, String kind, String reference, String detail) {
    Holder holder = Holder.active(tenant, id, kind, reference, detail, services.now());
    return services
        .holders()
        .insert(holder)
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture(holder)
                    : find(tenant, kind, reference)
                        .map(found -> found.orElseThrow(Parties::aSupplierAlready)));
  }

  /** The holder of that reference. */
  Future<Optional<Holder>> find(TenantId tenant, String kind, String reference) {
    return services.holders().findByReference(tenant, kind, reference);
  }

  /** No other rule but this keeps a party out whose reference is free. */
  private static ApiException aSupplierAlready() {
    return new ApiException(Errors.supplierAlready());
  }

  private static Holder same(Holder found, String detail) {
    if (!found.detail().equals(detail)) {
      throw new ApiException(Errors.referenceOfAnotherRequest(found.reference()));
    }
    return found;
  }

  /**
   * The asset, and the accounts that credits come from and go to in the end; every tenant has them
   * from its first use.
   */
  Future<Void> layFoundations(TenantId tenant) {
    Instant now = services.now();
    var asset = Asset.active(tenant, Accounts.CREDIT, Names.CREDIT, "credit", 0, true, "{}", now);
    var ordered =
        Asset.active(tenant, Accounts.ORDERED, Names.ORDERED, "ordered", 0, false, "{}", now);
    return services
        .assets()
        .insert(asset)
        .compose(done -> services.assets().insert(ordered))
        .compose(done -> system(tenant, Accounts.ISSUED, "system"))
        .compose(done -> system(tenant, Accounts.RETIRED, "retired"))
        .mapEmpty();
  }

  private Future<Boolean> system(TenantId tenant, AccountRef account, String reference) {
    var holder =
        Holder.active(tenant, account.holder(), Names.SYSTEM, reference, "{}", services.now());
    return services.holders().insertWithAccount(holder, account, Amount.ZERO);
  }
}
