package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.AccountEntry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * {@code /v1/ledgers/{id}/entries}: single entries, whose other side is the currency's clearing
 * account, and the list of all of a ledger's entries.
 */
final class CorebanqEntries {
  static final String KIND = "corebanq.entry";

  private static final String CREDIT = "credit";
  private static final Set<String> TYPES = new TreeSet<>(Set.of(CREDIT, "debit"));

  private final Services services;
  private final LedgerDirectory directory;
  private final SystemAccounts system;

  CorebanqEntries(Services services, LedgerDirectory directory, SystemAccounts system) {
    this.services = services;
    this.directory = directory;
    this.system = system;
  }

  /** A valid request. */
  private record Wish(UUID ledger, String type, Amount amount, EntryNote note) {
    IdempotencyKey key() {
      Digest fingerprint = Digest.start().add(KIND).add(ledger).add(type).add(amount.toString());
      return IdempotencyKey.of(
          CorebanqTransfers.KEY_SCOPE, note.transaction().toString(), note.addTo(fingerprint));
    }

    Leg leg(AccountRef account, AccountRef clearing) {
      return type.equals(CREDIT)
          ? Leg.of(clearing, account, amount)
          : Leg.of(account, clearing, amount);
    }
  }

  Future<Answer> create(Caller caller, Call call) {
    Fields fields = Fields.ofBody(call);
    Wish wish =
        new Wish(
            fields.pathUuid("id"),
            fields.oneOf("type", TYPES),
            Amount.of(fields.integer("amount", 1)),
            CorebanqTransfers.note(caller, fields));
    fields.requireValid();
    return directory
        .find(caller.tenant(), wish.ledger())
        .compose(ledger -> command(caller, wish, ledger))
        .compose(services.pipeline()::submit)
        .map(
            outcome ->
                CorebanqOutcomes.answer(
                    outcome, wish.note(), (receipt, note) -> render(wish, receipt, note)));
  }

  private Future<TransferCommand> command(
      Caller caller, Wish wish, Optional<LedgerDirectory.Entry> ledger) {
    if (ledger.isEmpty()) {
      var unknown = new ErrorAnswer(CorebanqErrors.ledgerNotFound(wish.ledger()));
      return Future.succeededFuture(command(caller, wish, new Intent.Doomed(List.of(), unknown)));
    }
    AccountRef account = ledger.get().account();
    return system
        .clearing(caller.tenant(), account.asset())
        .map(
            clearing ->
                command(
                    caller,
                    wish,
                    new Intent.Move(
                        List.of(CorebanqTransfers.mustBeActive(ledger.get())),
                        List.of(wish.leg(account, clearing)))));
  }

  private TransferCommand command(Caller caller, Wish wish, Intent intent) {
    return TransferCommand.of(caller.tenant(), new TransferId(services.ids().next()), KIND)
        .key(wish.key())
        .balanceLimit(Amount.MAX_LONG)
        .detail(wish.note().toDetail())
        .to(intent);
  }

  /** The ledger's posting is the second of a credit and the first of a debit. */
  private static Answer render(Wish wish, Receipt receipt, EntryNote note) {
    int index = wish.type().equals(CREDIT) ? 1 : 0;
    JsonWriter json = JsonWriter.object();
    note.write(json, wish.ledger(), receipt.postings().get(index), receipt.createdAt());
    return Answer.json(201, json.toBuffer());
  }

  Future<Answer> list(Caller caller, Call call) {
    Fields fields = Fields.withoutBody(call);
    UUID id = fields.pathUuid("id");
    Page page = Page.of(fields);
    fields.requireValid();
    return directory
        .find(caller.tenant(), id)
        .map(
            ledger ->
                ledger.orElseThrow(() -> CorebanqErrors.failure(CorebanqErrors.ledgerNotFound(id))))
        .compose(
            ledger ->
                services
                    .transfers()
                    .history(caller.tenant(), ledger.account().id(), page.limit(), page.offset()))
        .map(entries -> render(id, entries));
  }

  private static Answer render(UUID ledger, List<AccountEntry> entries) {
    JsonWriter json = JsonWriter.object().array("entries");
    for (AccountEntry entry : entries) {
      json.element();
      EntryNote.ofDetail(entry.detail()).write(json, ledger, entry.posting(), entry.createdAt());
      json.end();
    }
    return Answer.json(200, json.toBuffer());
  }
}
