package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * A redemption as the client asks for it: well formed, but held against nothing yet.
 *
 * @param amount more than zero, without zeros at the end
 */
record RedemptionRequest(
    UUID participant,
    UUID program,
    UUID asset,
    BigDecimal amount,
    String description,
    Optional<String> key) {
  static RedemptionRequest read(Reader reader) {
    Members body = reader.body();
    return new RedemptionRequest(
        reader.pathId(),
        body.required("program_id", Reader.ID),
        body.required("asset_id", Reader.ID),
        body.required("amount", Reader.AMOUNT),
        body.required("description", Reader.DESCRIPTION),
        Reader.key(body));
  }

  /** The key, bound to all that makes the request what it is. */
  Optional<IdempotencyKey> idempotencyKey() {
    return key.map(
        text ->
            IdempotencyKey.of(
                Names.KEY_SCOPE + program,
                text,
                Digest.start()
                    .add(Action.REDEMPTION.kind())
                    .add(participant)
                    .add(asset)
                    .add(amount.toPlainString())
                    .add(description)));
  }
}
