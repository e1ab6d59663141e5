package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import io.sluice.dialect.Text;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A wish for a transfer, sound in form; ids may still name nothing.
 *
 * @param notes up to 256 characters, public
 * @param key the client's optional idempotency key, 1 to 255 characters
 */
record TransferRequest(
    List<BatchQuantity> batches,
    String from,
    String to,
    String supplier,
    Optional<String> notes,
    Optional<String> key) {
  private static final int MAX_NOTES_CHARS = 256;
  private static final int MAX_KEY_CHARS = 255;
  private static final String KEY_HEADER = "Idempotency-Key";

  /**
   * So much of one batch.
   *
   * @param kilograms more than zero, up to 100 digits
   */
  record BatchQuantity(String batch, BigInteger kilograms) {
    private static BatchQuantity read(Body body) {
      return new BatchQuantity(body.id("credit_batch_id"), body.positive("credit_quantity_kg"));
    }
  }

  /**
   * Reads a request.
   *
   * @throws io.sluice.dialect.ApiException 422 when it does not fit the schema
   */
  static TransferRequest read(Call call) {
    var problems = new Problems();
    Body body = Body.of(call, problems);
    var request =
        new TransferRequest(
            body.objects("credit_batch_quantities").stream().map(BatchQuantity::read).toList(),
            body.id("from_organisation_id"),
            body.id("to_organisation_id"),
            body.id("supplier_id"),
            body.nullableText("notes", MAX_NOTES_CHARS),
            key(call, problems));
    problems.throwIfAny();
    return request;
  }

  private static Optional<String> key(Call call, Problems problems) {
    Optional<String> key = call.header(KEY_HEADER);
    Location at = Location.HEADER.then("idempotency-key");
    if (key.filter(String::isEmpty).isPresent()) {
      problems.tooShort(at, null, 1);
    }
    if (key.filter(text -> Text.length(text) > MAX_KEY_CHARS).isPresent()) {
      problems.tooLong(at, null, MAX_KEY_CHARS);
    }
    return key;
  }

  /** The ledger's key, within the sending organisation's scope. */
  Optional<IdempotencyKey> ledgerKey(HolderId sender) {
    return key.map(
        text -> IdempotencyKey.of("isometric.transfer:" + sender.value(), text, fingerprint()));
  }

  private Digest fingerprint() {
    Digest digest = Digest.start().add(batches.size());
    batches.forEach(b -> digest.add(b.batch()).add(b.kilograms().toString()));
    return digest.add(from).add(to).add(supplier).add(notes.orElse(null));
  }
}
