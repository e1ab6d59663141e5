package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.AccountEntry;
import io.sluice.store.corebanq.EntryList;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * {@code /v1/ledgers/{id}/entries}: single entries, whose other side is the currency's clearing
 * account, and the list of all of a ledger's entries.
 */
record Entries(Services services, Directory directory, EntryList list) {
  Future<Answer> create(Caller caller, Call call) {
    EntryRequest request = EntryRequest.read(caller, call);
    return Preparation.of(
            directory
                .find(caller.tenant(), request.ledger())
                .compose(ledger -> intent(caller.tenant(), request, ledger)))
        .compose(intent -> services.pipeline().submit(command(caller.principal(), request, intent)))
        .map(request.words()::answer);
  }

  private Future<Intent> intent(
      TenantId tenant, EntryRequest request, Optional<LedgerAccount> ledger) {
    var draft = new Draft();
    draft.need(ledger, () -> Errors.ledgerNotFound(request.ledger()));
    ledger.map(LedgerAccount::mustBeActive).ifPresent(draft::check);
    return ledger
        .map(LedgerAccount::account)
        .map(
            account ->
                directory
                    .clearing(tenant, account.asset())
                    .map(clearing -> draft.intentOf(() -> request.leg(account, clearing))))
        .orElseGet(() -> Future.succeededFuture(draft.intent(List::of)));
  }

  private TransferCommand command(Principal asking, EntryRequest request, Intent intent) {
    return TransferCommand.of(asking, services.transferId(), Names.ENTRY)
        .key(request.key())
        .balanceLimit(Amount.MAX_LONG)
        .detail(request.detail().text())
        .to(intent);
  }

  Future<Answer> list(Caller caller, Call call) {
    EntrySearch asked = EntrySearch.read(call);
    return directory
        .account(caller.tenant(), asked.ledger())
        .compose(known -> find(caller.tenant(), known.account().id(), asked))
        .map(entries -> render(asked.ledger(), entries));
  }

  private record Asked(UUID ledger, UUID entry) {}

  Future<Answer> get(Caller caller, Call call) {
    Asked asked = Reader.withoutBody(call, reader -> new Asked(reader.ledger(), reader.entry()));
    return directory
        .account(caller.tenant(), asked.ledger())
        .compose(known -> find(caller.tenant(), known.account().id(), asked.entry()))
        .map(
            found -> found.orElseThrow(() -> new ApiException(Errors.entryNotFound(asked.entry()))))
        .map(entry -> render(asked.ledger(), entry));
  }

  private Future<Optional<AccountEntry>> find(TenantId tenant, AccountId account, UUID entry) {
    OptionalLong sequence = Posting.sequenceOf(account, entry);
    return sequence.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : list.find(tenant, account, sequence.getAsLong());
  }

  private static Answer render(UUID ledger, AccountEntry entry) {
    JsonWriter json = JsonWriter.object();
    write(json, ledger, entry);
    return json.toAnswer(200);
  }

  private Future<List<AccountEntry>> find(TenantId tenant, AccountId account, EntrySearch asked) {
    return list.find(tenant, account, asked.filter(), asked.slice())
        .map(found -> found.orElseThrow(Entries::tooMany));
  }

  private static ApiException tooMany() {
    return new ApiException(
        Errors.tooManyEntries(EntryList.MOST_EXAMINED, "min_timestamp and max_timestamp"));
  }

  private static Answer render(UUID ledger, List<AccountEntry> entries) {
    return JsonWriter.object()
        .objects("entries", entries, (json, entry) -> write(json, ledger, entry))
        .toAnswer(200);
  }

  private static void write(JsonWriter json, UUID ledger, AccountEntry entry) {
    TransferDetail.read(entry.detail()).write(json, ledger, entry.posting(), entry.createdAt());
  }
}
