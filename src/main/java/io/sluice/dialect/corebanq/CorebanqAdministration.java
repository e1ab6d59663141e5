package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** What CoreBanq's public API cannot do: switch ledgers off and on again. */
final class CorebanqAdministration {
  private final Services services;
  private final LedgerDirectory directory;
  private final LedgerView view;

  CorebanqAdministration(Services services, LedgerDirectory directory, LedgerView view) {
    this.services = services;
    this.directory = directory;
    this.view = view;
  }

  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .patch("corebanqSetLedgerActive", "/ledgers/:id", this::setActive);
  }

  /** {@code {"active": false}} makes transfers and entries refuse the ledger. */
  private Future<Answer> setActive(TenantId tenant, Call call) {
    Fields fields = Fields.ofBody(call);
    UUID id = fields.pathUuid("id");
    HolderStatus status = fields.bool("active") ? HolderStatus.ACTIVE : HolderStatus.SUSPENDED;
    fields.requireValid();
    return directory
        .holder(tenant, id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<Holder>empty())
                    : services.holders().setStatus(tenant, found.get().id(), status))
        .compose(
            changed ->
                changed.isEmpty()
                    ? Future.succeededFuture(CorebanqErrors.ledgerNotFound(id))
                    : view.one(200, changed.get()));
  }
}
