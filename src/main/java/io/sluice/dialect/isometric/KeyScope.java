package io.sluice.dialect.isometric;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keys of clients count for each operation and the organisation that is acted for. */
record KeyScope(String operation, HolderId organisation) {
  /**
   * The ledger's key, where the client gave one.
   *
   * @param request adds what was asked for to its fingerprint
   */
  Optional<IdempotencyKey> key(Optional<String> given, UnaryOperator<Digest> request) {
    return given.map(
        text ->
            IdempotencyKey.of(
                operation + ":" + organisation.value(), text, request.apply(Digest.start())));
  }
}
