package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.UUID;

/** What CoreBanq's public API cannot do: switch ledgers off and on again. */
record Administration(Services services, Directory directory, Ledgers ledgers) {
  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .patch("corebanqSetLedgerActive", "/ledgers/:id", this::setActive);
  }

  private record Asked(UUID ledger, boolean active) {}

  /** {@code {"active": false}} makes transfers and entries refuse the ledger. */
  private Future<Answer> setActive(TenantId tenant, Call call) {
    Asked asked =
        Reader.withBody(
            call, reader -> new Asked(reader.ledger(), reader.required("active", Reader.FLAG)));
    HolderStatus status = asked.active() ? HolderStatus.ACTIVE : HolderStatus.SUSPENDED;
    return directory
        .holder(tenant, asked.ledger())
        .compose(found -> services.holders().setStatus(tenant, found.id(), status))
        .map(
            changed ->
                changed.orElseThrow(() -> new ApiException(Errors.ledgerNotFound(asked.ledger()))))
        .compose(changed -> ledgers.show(200, changed));
  }
}
