package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code POST /v1/ledgers/{id}/transfer}: funds from the ledger in the path to another. */
final class CorebanqTransfers {
  static final String KIND = "corebanq.transfer";

  /** Transfers and entries share it, so that a {@code transaction_id} names one thing only. */
  static final String KEY_SCOPE = "corebanq";

  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  private final Services services;
  private final LedgerDirectory directory;

  CorebanqTransfers(Services services, LedgerDirectory directory) {
    this.services = services;
    this.directory = directory;
  }

  /** A valid request. */
  private record Wish(UUID source, UUID destination, Amount amount, EntryNote note) {
    IdempotencyKey key() {
      Digest fingerprint = Digest.start().add(KIND).add(source).add(destination);
      fingerprint.add(amount.toString());
      return IdempotencyKey.of(KEY_SCOPE, note.transaction().toString(), note.addTo(fingerprint));
    }
  }

  Future<Answer> create(Caller caller, Call call) {
    Wish wish = parse(caller, call);
    return directory
        .find(caller.tenant(), wish.source(), wish.destination())
        .compose(pair -> services.pipeline().submit(command(caller, wish, pair)))
        .map(
            outcome ->
                CorebanqOutcomes.answer(
                    outcome, wish.note(), (receipt, note) -> render(wish, receipt, note)));
  }

  private static Wish parse(Caller caller, Call call) {
    Fields fields = Fields.ofBody(call);
    UUID source = fields.pathUuid("id");
    UUID destination = fields.uuid("destination_ledger_id");
    Amount amount = Amount.of(fields.integer("amount", 1));
    EntryNote note = note(caller, fields);
    fields.requireValid();
    if (source.equals(destination)) {
      throw CorebanqErrors.failure(CorebanqErrors.sameLedger());
    }
    return new Wish(source, destination, amount, note);
  }

  /** What transfers and entries have in common. */
  static EntryNote note(Caller caller, Fields fields) {
    return new EntryNote(
        fields.uuid("transaction_id"),
        fields.optionalText("description", EntryNote.MAX_DESCRIPTION_CHARS),
        fields.metadata("metadata"),
        caller.user());
  }

  private TransferCommand command(Caller caller, Wish wish, LedgerDirectory.Pair pair) {
    return TransferCommand.of(caller.tenant(), new TransferId(services.ids().next()), KIND)
        .key(wish.key())
        .balanceLimit(Amount.MAX_LONG)
        .detail(wish.note().toDetail())
        .to(intent(wish, pair));
  }

  private static Intent intent(Wish wish, LedgerDirectory.Pair pair) {
    Optional<Answer> failure = failure(wish, pair);
    if (failure.isPresent()) {
      return new Intent.Doomed(List.of(), new ErrorAnswer(failure.get()));
    }
    LedgerDirectory.Entry source = pair.source().orElseThrow();
    LedgerDirectory.Entry destination = pair.destination().orElseThrow();
    return new Intent.Move(
        List.of(mustBeActive(source), mustBeActive(destination)),
        List.of(Leg.of(source.account(), destination.account(), wish.amount())));
  }

  private static Optional<Answer> failure(Wish wish, LedgerDirectory.Pair pair) {
    if (pair.source().isEmpty()) {
      return Optional.of(CorebanqErrors.ledgerNotFound(wish.source()));
    }
    if (pair.destination().isEmpty()) {
      return Optional.of(CorebanqErrors.ledgerNotFound(wish.destination()));
    }
    String paid = pair.source().get().currencyCode();
    String received = pair.destination().get().currencyCode();
    return paid.equals(received)
        ? Optional.empty()
        : Optional.of(CorebanqErrors.currencyMismatch(paid, received));
  }

  static Check mustBeActive(LedgerDirectory.Entry ledger) {
    return new Check.AccountStatusIn(
        ledger.account(), ACTIVE, new ErrorAnswer(() -> CorebanqErrors.inactive(ledger.id())));
  }

  /** A replay's wish is the stored one: both had the same fingerprint, ledgers included. */
  private static Answer render(Wish wish, Receipt receipt, EntryNote note) {
    JsonWriter json = JsonWriter.object().uuid("transfer_id", receipt.id().value());
    json.object("source_entry");
    note.write(json, wish.source(), receipt.postings().get(0), receipt.createdAt());
    json.end().object("destination_entry");
    note.write(json, wish.destination(), receipt.postings().get(1), receipt.createdAt());
    json.end().time("timestamp", receipt.createdAt());
    return Answer.json(201, json.toBuffer());
  }
}
