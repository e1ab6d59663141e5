package io.sluice.dialect.pebble;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import java.util.Optional;

/** A well-formed request to move pebbles. */
record TransferRequest(String key, String from, String to, Amount pebbles, Optional<String> note) {
  static TransferRequest read(Call call) {
    Members body = Reader.body(call);
    return new TransferRequest(
        body.required("key", Reader.NAME),
        body.required("from", Reader.NAME),
        body.required("to", Reader.NAME),
        new Amount(body.required("pebbles", Reader.PEBBLES)),
        body.optional("note", Reader.NAME));
  }

  IdempotencyKey idempotencyKey() {
    return IdempotencyKey.of(
        Names.MOVE,
        key,
        Digest.start().add(from).add(to).add(pebbles.toString()).add(note.orElse("")));
  }
}
