package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Detail;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Receipt;
import java.util.UUID;
import java.util.function.Function;

/** A well-formed request to move funds from one ledger to another. */
record TransferRequest(
    UUID source, UUID destination, Amount amount, Detail<TransferDetail> detail) {
  /**
   * Reads a request whose path names the source.
   *
   * @throws ApiException with what is wrong with it
   */
  static TransferRequest read(Caller caller, Call call) {
    return read(caller, call, Reader::ledger);
  }

  /**
   * Reads a line of many, which names the source itself.
   *
   * @throws ApiException with what is wrong with it
   */
  static TransferRequest readLine(Caller caller, Call line) {
    return read(caller, line, reader -> reader.required("source_ledger_id", Reader.ID));
  }

  private static TransferRequest read(Caller caller, Call call, Function<Reader, UUID> source) {
    TransferRequest request =
        Reader.withBody(
            call,
            reader ->
                new TransferRequest(
                    source.apply(reader),
                    reader.required("destination_ledger_id", Reader.ID),
                    reader.amount(),
                    Detail.of(TransferDetail.of(caller, reader), TransferDetail::text)));
    if (request.source.equals(request.destination)) {
      throw new ApiException(Errors.sameLedger());
    }
    return request;
  }

  IdempotencyKey key() {
    Digest fingerprint = Digest.start().add(Names.TRANSFER).add(source).add(destination);
    fingerprint.add(amount.toString());
    return detail.value().key(fingerprint);
  }

  Words words() {
    return new Words(detail.value().transaction(), this::render);
  }

  /** A replay's request is the stored one: both had the same fingerprint, ledgers included. */
  private Answer render(Receipt receipt) {
    TransferDetail stored = detail.in(receipt, TransferDetail::read);
    JsonWriter json = JsonWriter.object().uuid("transfer_id", receipt.id().value());
    json.object("source_entry");
    stored.write(json, source, receipt.postings().get(0), receipt.createdAt());
    json.end().object("destination_entry");
    stored.write(json, destination, receipt.postings().get(1), receipt.createdAt());
    json.end().time("timestamp", receipt.createdAt());
    return json.toAnswer(201);
  }
}
