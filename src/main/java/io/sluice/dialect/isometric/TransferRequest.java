package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for a transfer, sound in form; ids may still name nothing.
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
  private static final Wanted<String> NOTES = new Wanted.Characters(0, 256);

  /**
   * So much of one batch.
   *
   * @param kilograms more than zero, up to 100 digits
   */
  record BatchQuantity(String batch, BigInteger kilograms) {
    /** What no batch is called by. */
    static final LotId NO_LOT = new LotId(new UUID(0, 0));

    /** The lot of that id; {@link #NO_LOT} where no batch's id can read so. */
    LotId lot(IdCodec codec) {
      return codec.decode(IdPrefix.CREDIT_BATCH, batch).map(LotId::new).orElse(NO_LOT);
    }

    private static BatchQuantity read(Members members) {
      return new BatchQuantity(
          members.required("credit_batch_id", Reader.ID),
          members.required("credit_quantity_kg", Reader.POSITIVE));
    }
  }

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
        body.objects("credit_batch_quantities", 0, Integer.MAX_VALUE).stream()
            .map(BatchQuantity::read)
            .toList(),
        body.required("from_organisation_id", Reader.ID),
        body.required("to_organisation_id", Reader.ID),
        body.required("supplier_id", Reader.ID),
        body.nullable("notes", NOTES),
        reader.key());
  }

  /** A batch that it lists more than once. */
  Optional<String> batchTwice() {
    var seen = HashSet.<String>newHashSet(batches.size());
    return batches.stream().map(BatchQuantity::batch).filter(b -> !seen.add(b)).findFirst();
  }

  /** Of all batches together. */
  BigInteger kilograms() {
    return batches.stream().map(BatchQuantity::kilograms).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The first part of that lot. */
  BatchQuantity partOf(LotId lot, IdCodec codec) {
    return batches.stream()
        .filter(quantity -> quantity.lot(codec).equals(lot))
        .findFirst()
        .orElseThrow();
  }

  /** The ledger's key, within the sending organisation's scope. */
  Optional<IdempotencyKey> ledgerKey(HolderId sender) {
    return key.map(
        text -> IdempotencyKey.of(Names.TRANSFER + ":" + sender.value(), text, fingerprint()));
  }

  private Digest fingerprint() {
    Digest digest = Digest.start().add(batches.size());
    batches.forEach(b -> digest.add(b.batch()).add(b.kilograms().toString()));
    return digest.add(from).add(to).add(supplier).add(notes.orElse(null));
  }
}
