package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.corebanq.LedgerChanges;
import io.sluice.store.corebanq.LedgerChanges.Verdict;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** {@code PATCH /v1/ledgers/{id}}: changes and closes ledgers. */
record Changes(LedgerChanges store, Ledgers ledgers) {
  private record Asked(UUID ledger, LedgerChange change) {}

  Future<Answer> change(Caller caller, Call call) {
    Asked asked =
        Reader.withBody(
            call, reader -> new Asked(reader.ledger(), LedgerChange.read(caller, reader)));
    return change(caller.tenant(), asked.ledger(), asked.change());
  }

  /** Makes a change and shows the ledger as it is then. */
  Future<Answer> change(TenantId tenant, UUID ledger, LedgerChange change) {
    return store
        .change(tenant, new HolderId(ledger), Names.LEDGER, change::judge)
        .map(verdict -> changed(ledger, verdict))
        .compose(holder -> ledgers.show(200, holder));
  }

  private static Holder changed(UUID ledger, Optional<Verdict> verdict) {
    return switch (verdict.orElseThrow(() -> new ApiException(Errors.ledgerNotFound(ledger)))) {
      case Verdict.Change(LedgerChanges.State state) -> state.holder();
      case Verdict.Refuse(ErrorAnswer error) -> throw new ApiException(error.answer());
      case Verdict.Refuse refuse ->
          throw new IllegalStateException("no refusal of this API: " + refuse);
    };
  }
}
