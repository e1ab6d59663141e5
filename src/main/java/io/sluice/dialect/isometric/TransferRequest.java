package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import java.util.Optional;

/**
 * A request for a transfer, sound in form; ids may still name nothing.
 *
 * @param notes up to 256 characters, public
 * @param key the client's optional idempotency key, 1 to 255 characters
 */
record TransferRequest(
    BatchQuantities batches,
    String from,
    String to,
    String supplier,
    Optional<String> notes,
    Optional<String> key) {
  /**
   * Reads a request.
   *
   * @throws io.sluice.dialect.ApiException 422 when it does not fit the schema
   */
  static TransferRequest read(Call call) {
    return Reader.read(call, TransferRequest::read);
  }

  private static TransferRequest read(Reader reader) {
    Members body = reader.body();
    return new TransferRequest(
        BatchQuantities.read(body, 0),
        body.required("from_organisation_id", Reader.ID),
        body.required("to_organisation_id", Reader.ID),
        body.required("supplier_id", Reader.ID),
        body.nullable("notes", Reader.NOTES),
        reader.key());
  }

  /** The ledger's key, within the sending organisation's scope. */
  Optional<IdempotencyKey> ledgerKey(HolderId sender) {
    return new KeyScope(Names.TRANSFER, sender)
        .key(
            key,
            digest ->
                batches.addTo(digest).add(from).add(to).add(supplier).add(notes.orElse(null)));
  }
}
