package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.store.corebanq.Recount;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /v1/ledgers/{id}/reconcile}: holds a balance against the entries behind it. */
record Reconciliation(Services services, Directory directory, Recount recount) {
  Future<Answer> reconcile(Caller caller, Call call) {
    UUID ledger = Reader.withoutBody(call, Reader::ledger);
    return directory
        .account(caller.tenant(), ledger)
        .compose(known -> recount.of(caller.tenant(), known.account().id()))
        .map(Optional::orElseThrow)
        .map(found -> answer(ledger, found));
  }

  private Answer answer(UUID ledger, Recount.Found found) {
    return JsonWriter.object()
        .uuid("ledger_id", ledger)
        .number("balance_current", found.balance().units())
        .number("computed_balance", found.sum().units())
        .bool("reconciled", found.whole())
        .time("timestamp", services.clock().instant())
        .toAnswer(200);
  }
}
