package io.sluice.dialect.isometric;

import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A request for a retirement, sound in form; ids may still name nothing.
 *
 * @param purposes at least one, in the order of the request, each once
 * @param key the client's optional idempotency key, or the administrator's reference
 */
record RetirementRequest(
    String owner,
    String beneficiary,
    String supplier,
    List<String> purposes,
    Optional<String> notes,
    What what,
    Optional<String> key) {
  private static final Wanted<String> PURPOSE =
      new Wanted.OneOf(
          List.of(
              "corporate_targets",
              "public_environmental_claims",
              "insetting",
              "regulatory_requirement",
              "other"));

  private static final Wanted<BigInteger> YEAR =
      new Wanted.Whole(BigInteger.valueOf(1900), BigInteger.valueOf(2100), true);

  /** What is to be retired. */
  sealed interface What {
    BigInteger kilograms();

    /** Quantities of batches that are named. */
    record Named(BatchQuantities batches) implements What {
      @Override
      public BigInteger kilograms() {
        return batches.kilograms();
      }
    }

    /** So much of the oldest credits: of one vintage, or delivered under one order, if given. */
    record Oldest(BigInteger kilograms, Optional<Integer> vintage, Optional<String> order)
        implements What {}
  }

  /** Reads the body of a request for named batches. */
  static RetirementRequest named(Members body, Optional<String> key) {
    return read(body, key, new What.Named(BatchQuantities.read(body, 1)));
  }

  /** Reads the body of a request for the oldest credits. */
  static RetirementRequest oldest(Members body, Optional<String> key) {
    var what =
        new What.Oldest(
            body.required("credit_quantity_kg", Reader.POSITIVE),
            body.optional("vintage", YEAR).map(BigInteger::intValueExact),
            body.optional("order_id", Reader.ID));
    return read(body, key, what);
  }

  private static RetirementRequest read(Members body, Optional<String> key, What what) {
    return new RetirementRequest(
        body.required("owner_organisation_id", Reader.ID),
        body.required("beneficiary_organisation_id", Reader.ID),
        body.required("supplier_id", Reader.ID),
        body.all("retirement_purposes", 1, Integer.MAX_VALUE, PURPOSE).stream().distinct().toList(),
        body.nullable("notes", Reader.NOTES),
        what,
        key);
  }

  /** The batches that are named; none where the oldest are wanted. */
  BatchQuantities batches() {
    return what instanceof What.Named(BatchQuantities batches)
        ? batches
        : new BatchQuantities(List.of());
  }

  /** The ledger's key, within the scope of the owner and the operation. */
  Optional<IdempotencyKey> ledgerKey(HolderId of) {
    String operation = what instanceof What.Named ? Names.RETIREMENT : Names.RETIREMENT_FROM_OLDEST;
    return new KeyScope(operation, of).key(key, this::addTo);
  }

  private Digest addTo(Digest digest) {
    digest.add(owner).add(beneficiary).add(supplier).add(purposes.size());
    purposes.forEach(digest::add);
    digest.add(notes.orElse(null));
    return switch (what) {
      case What.Named(BatchQuantities batches) -> batches.addTo(digest);
      case What.Oldest(BigInteger kg, Optional<Integer> vintage, Optional<String> order) ->
          digest.add(kg.toString()).add(vintage.orElse(0)).add(order.orElse(null));
    };
  }
}
