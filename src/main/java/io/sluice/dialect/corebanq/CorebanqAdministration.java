package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What CoreBanq's public API cannot do: switch ledgers off and on again. */
final class CorebanqAdministration {
  private static final String LEDGER = "/admin/tenants/:tenant/corebanq/ledgers/:id";

  private final Services services;
  private final LedgerDirectory directory;
  private final LedgerView view;

  CorebanqAdministration(Services services, LedgerDirectory directory, LedgerView view) {
    this.services = services;
    this.directory = directory;
    this.view = view;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "corebanqSetLedgerActive", HttpMethod.PATCH, LEDGER, Consumes.JSON, this::setActive));
  }

  /** {@code {"active": false}} makes transfers and entries refuse the ledger. */
  private Future<Answer> setActive(Call call) {
    Fields fields = Fields.ofBody(call);
    TenantId tenant = new TenantId(fields.pathInteger("tenant"));
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
