package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Detail;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Receipt;
import java.util.List;
import java.util.UUID;

/**
 * A well-formed request for a single entry.
 *
 * @param type credit or debit
 */
record EntryRequest(UUID ledger, String type, Amount amount, Detail<TransferDetail> detail) {
  static final Wanted<String> TYPE = new Wanted.OneOf(List.of(Names.CREDIT, Names.DEBIT));

  /** Reads a request; throws with everything that is wrong with it. */
  static EntryRequest read(Caller caller, Call call) {
    return Reader.withBody(
        call,
        reader ->
            new EntryRequest(
                reader.ledger(),
                reader.required("type", TYPE),
                reader.amount(),
                Detail.of(TransferDetail.of(caller, reader), TransferDetail::text)));
  }

  IdempotencyKey key() {
    Digest fingerprint = Digest.start().add(Names.ENTRY).add(ledger).add(type);
    return detail.value().key(fingerprint.add(amount.toString()));
  }

  Leg leg(AccountRef account, AccountRef clearing) {
    return isCredit() ? Leg.of(clearing, account, amount) : Leg.of(account, clearing, amount);
  }

  Words words() {
    return new Words(detail.value().transaction(), this::render);
  }

  /** The ledger's posting is the second of a credit and the first of a debit. */
  private Answer render(Receipt receipt) {
    JsonWriter json = JsonWriter.object();
    detail
        .in(receipt, TransferDetail::read)
        .write(json, ledger, receipt.postings().get(isCredit() ? 1 : 0), receipt.createdAt());
    return json.toAnswer(201);
  }

  private boolean isCredit() {
    return type.equals(Names.CREDIT);
  }
}
