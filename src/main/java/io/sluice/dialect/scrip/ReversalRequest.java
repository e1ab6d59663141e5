package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A reversal as the client asks for it: well formed, but held against nothing yet.
 *
 * @param amount more than zero, without zeros at the end; empty for all that is left
 */
record ReversalRequest(
    UUID redemption, String reason, Optional<BigDecimal> amount, Optional<String> key) {
  static ReversalRequest read(Reader reader) {
    Members body = reader.body();
    reader.refuseAll(body, List.of("quantity"), "is for redemptions of catalog items only");
    return new ReversalRequest(
        reader.pathId(),
        body.required("reason", Reader.DESCRIPTION),
        body.optional("amount", Reader.AMOUNT),
        Reader.key(body));
  }

  /**
   * The key, bound to all that makes the request what it is.
   *
   * @param program that of the redemption
   */
  Optional<IdempotencyKey> idempotencyKey(UUID program) {
    return key.map(
        text ->
            IdempotencyKey.of(
                Names.KEY_SCOPE + program,
                text,
                Digest.start()
                    .add(Action.REVERSAL.kind())
                    .add(redemption)
                    .add(amount.map(BigDecimal::toPlainString).orElse(null))
                    .add(reason)));
  }
}
