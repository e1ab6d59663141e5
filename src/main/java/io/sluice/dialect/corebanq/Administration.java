package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.UUID;

/** What CoreBanq's public API cannot do: switch ledgers off and on again, say how users sign in. */
record Administration(Changes changes, Users users) {
  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .patch("corebanqSetLedgerActive", "/ledgers/:id", this::setActive)
        .put("corebanqSetUser", "/users/:id", users::set)
        .get("corebanqGetUser", "/users/:id", users::get)
        .postNothing("corebanqEnrolTotp", "/users/:id/totp", users::enrol)
        .postNothing("corebanqTakeCodes", "/codes", users::takeCodes);
  }

  private record Asked(UUID ledger, boolean active) {}

  /** {@code {"active": false}} makes transfers and entries refuse the ledger. */
  private Future<Answer> setActive(TenantId tenant, Call call) {
    Asked asked =
        Reader.withBody(
            call, reader -> new Asked(reader.ledger(), reader.required("active", Reader.FLAG)));
    return changes.change(tenant, asked.ledger(), LedgerChange.toActive(asked.active()));
  }
}
