package io.sluice.dialect.isometric;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.store.Clues;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keys of clients count for each operation and the organisation that is acted for. */
record KeyScope(String operation, HolderId organisation) {
  /** All that there are, for those who look for a key. */
  static final List<Clues.Scope> ALL =
      List.of(
          of(Names.TRANSFER, Names.ORGANISATION),
          of(Names.DELIVERY, Names.ORGANISATION),
          of(Names.RETIREMENT, Names.ORGANISATION),
          of(Names.RETIREMENT_FROM_OLDEST, Names.ORGANISATION),
          of(Names.REFUND, Names.BUFFER_POOL));

  private static Clues.Scope of(String operation, String kind) {
    return new Clues.Scope.Each(prefix(operation), kind);
  }

  private static String prefix(String operation) {
    return operation + ":";
  }

  /**
   * The ledger's key, where the client gave one.
   *
   * @param request adds what was asked for to its fingerprint
   */
  Optional<IdempotencyKey> key(Optional<String> given, UnaryOperator<Digest> request) {
    return given.map(
        text ->
            IdempotencyKey.of(
                prefix(operation), organisation.value(), text, request.apply(Digest.start())));
  }
}
