package io.sluice.dialect.isometric;

import io.sluice.dialect.Members;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** So much of each of some batches, in the order of a request. */
record BatchQuantities(List<Part> parts) {
  /**
   * More than any batch holds. A larger quantity is asked of the ledger as this much, which it
   * refuses just the same, so that absurd numbers cannot leave the range of amounts.
   */
  private static final Amount MORE_THAN_ANY_BATCH = Amount.MAX_LONG.plus(Amount.of(1));

  /**
   * So much of one batch.
   *
   * @param kilograms more than zero, up to 100 digits
   */
  record Part(String batch, BigInteger kilograms) {
    /** What no batch is called by. */
    static final LotId NO_LOT = new LotId(new UUID(0, 0));

    /** The lot of that id; {@link #NO_LOT} where no batch's id can read so. */
    LotId lot(IdCodec codec) {
      return codec.decode(IdPrefix.CREDIT_BATCH, batch).map(LotId::new).orElse(NO_LOT);
    }

    private static Part read(Members members) {
      return new Part(
          members.required("credit_batch_id", Reader.ID),
          members.required("credit_quantity_kg", Reader.POSITIVE));
    }
  }

  /** Reads the member of a body that lists them, so many at least. */
  static BatchQuantities read(Members body, int min) {
    return new BatchQuantities(
        body.objects("credit_batch_quantities", min, Integer.MAX_VALUE, Part::read));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** A batch that is listed more than once. */
  Optional<String> twice() {
    if (parts.size() < 2) {
      return Optional.empty();
    }
    var seen = HashSet.<String>newHashSet(parts.size());
    return parts.stream().map(Part::batch).filter(batch -> !seen.add(batch)).findFirst();
  }

  /** Of all batches together. */
  BigInteger kilograms() {
    BigInteger sum = BigInteger.ZERO;
    for (Part part : parts) {
      sum = sum.add(part.kilograms());
    }
    return sum;
  }

  /** The first part of that lot. */
  Part partOf(LotId lot, IdCodec codec) {
    return parts.stream().filter(part -> part.lot(codec).equals(lot)).findFirst().orElseThrow();
  }

  Digest addTo(Digest digest) {
    digest.add(parts.size());
    parts.forEach(part -> digest.add(part.batch()).add(part.kilograms().toString()));
    return digest;
  }

  /**
   * One leg a batch, so that the ledger looks at batch after batch. It refuses at the first that no
   * batch can be called by, so nothing is asked beyond it.
   */
  List<Leg> legs(
      AccountRef from, AccountRef to, HolderId supplier, LotRule.Use use, IdCodec codec, Ids ids) {
    return legs(from, to, lot -> supplier, use, codec, ids);
  }

  /** The same of batches of several suppliers. */
  List<Leg> legs(
      AccountRef from,
      AccountRef to,
      Function<LotId, HolderId> supplier,
      LotRule.Use use,
      IdCodec codec,
      Ids ids) {
    var legs = new ArrayList<Leg>(parts.size());
    for (Part part : parts) {
      LotId lot = part.lot(codec);
      LotRule rule = new LotRule.Named(lot, supplier.apply(lot), children(ids), use);
      legs.add(Leg.of(from, to, amount(part.kilograms()), rule));
      if (lot.equals(Part.NO_LOT)) {
        break;
      }
    }
    return legs;
  }

  /** Ids for the parts of a batch that may have to be split. */
  static LotRule.Children children(Ids ids) {
    return new LotRule.Children(new LotId(ids.next()), new LotId(ids.next()));
  }

  /** So many kilograms as far as the ledger can count. */
  static Amount amount(BigInteger kilograms) {
    return kilograms.bitLength() < Long.SIZE ? new Amount(kilograms) : MORE_THAN_ANY_BATCH;
  }
}
