package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A well-formed request for a book transfer. At least one side names a subledger; an absent one
 * stands for the enterprise balance.
 *
 * @param metadata as it was sent, within the provider's limits; empty when absent
 */
record TransferRequest(
    String referenceId,
    Amount amount,
    Optional<JsonNode> metadata,
    Optional<String> source,
    Optional<String> destination) {
  /**
   * Reads and checks a body, field by field in the order that the API's description gives.
   *
   * @throws ApiException for the first thing that is amiss
   */
  static TransferRequest read(Call call) {
    Members body = Reader.body(call);
    String referenceId = body.required(Reader.REFERENCE_ID, Reader.TEXT);
    Amount amount = Reader.cents(body);
    body.required("currency", Reader.CURRENCY);
    Optional<JsonNode> metadata = body.optional("metadata", Metadata.WANTED);
    Optional<String> source = side(body, Side.SOURCE);
    Optional<String> destination = side(body, Side.DESTINATION);
    if (source.isEmpty() && destination.isEmpty()) {
      throw new ApiException(Errors.missingSourceAndDestination());
    }
    if (source.equals(destination)) {
      throw new ApiException(Errors.sameSourceAndDestination());
    }
    return new TransferRequest(referenceId, amount, metadata, source, destination);
  }

  private static Optional<String> side(Members body, Side side) {
    return body.optionalInner(side.member())
        .map(inner -> inner.required(Reader.SUBLEDGER_ID, Reader.TEXT));
  }

  /** The subledgers that it names. */
  List<String> subledgers() {
    List<String> named = new ArrayList<>(2);
    source.ifPresent(named::add);
    destination.ifPresent(named::add);
    return named;
  }

  /** What stands for the reference id, which is unique within the tenant. */
  IdempotencyKey key() {
    return IdempotencyKey.of(Names.BOOK_TRANSFER, referenceId, fingerprint());
  }

  private Digest fingerprint() {
    Digest digest = Digest.start().add(amount.toString());
    digest.add(source.orElse(null)).add(destination.orElse(null));
    Metadata.addTo(digest, metadata);
    return digest;
  }
}
