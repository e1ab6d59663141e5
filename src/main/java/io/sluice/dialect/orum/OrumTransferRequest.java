package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Text;
import io.sluice.dialect.Values;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A well-formed wish for a book transfer. At least one side names a subledger; an absent one stands
 * for the enterprise balance.
 *
 * @param metadata as it was sent, within the provider's limits; empty when absent
 */
record OrumTransferRequest(
    String referenceId,
    Amount amount,
    Optional<JsonNode> metadata,
    Optional<String> source,
    Optional<String> destination) {
  static final int MAX_METADATA_PAIRS = 5;
  static final int MAX_METADATA_KEY_CHARS = 20;
  static final int MAX_METADATA_VALUE_CHARS = 50;

  private static final String SUBLEDGER_MEMBER = "subledger_reference_id";

  /**
   * Reads and checks a body, field by field in the order that the API's description gives.
   *
   * @throws ApiException for the first thing that is amiss
   */
  static OrumTransferRequest parse(Buffer body) {
    JsonNode json = OrumFields.object(body);
    String referenceId =
        OrumFields.reference(
            json,
            "book_transfer_reference_id",
            OrumErrors::missingBookTransferReferenceId,
            OrumErrors::invalidTransferGroupReferenceId);
    Amount amount = OrumFields.cents(json.get("amount"));
    requireCurrency(json.get("currency"));
    Optional<JsonNode> metadata = metadata(json.get("metadata"));
    Optional<String> source = side(json, OrumSide.SOURCE);
    Optional<String> destination = side(json, OrumSide.DESTINATION);
    refuse(source.isEmpty() && destination.isEmpty(), OrumErrors::missingSourceAndDestination);
    refuse(source.equals(destination), OrumErrors::sameSourceAndDestination);
    return new OrumTransferRequest(referenceId, amount, metadata, source, destination);
  }

  /** The subledgers that the wish names. */
  Set<String> subledgers() {
    Set<String> named = new TreeSet<>();
    source.ifPresent(named::add);
    destination.ifPresent(named::add);
    return named;
  }

  /** Everything that makes two wishes the same. */
  Digest fingerprint() {
    Digest digest = Digest.start().add(amount.toString());
    digest.add(source.orElse(null)).add(destination.orElse(null));
    SortedMap<String, String> pairs = new TreeMap<>();
    metadata.ifPresent(
        node -> node.properties().forEach(e -> pairs.put(e.getKey(), e.getValue().textValue())));
    digest.add(pairs.size());
    pairs.forEach((key, value) -> digest.add(key).add(value));
    return digest;
  }

  /** What the stored transfer repeats of the wish, as a JSON object. */
  String toDetail() {
    JsonWriter json =
        JsonWriter.object()
            .text("book_transfer_reference_id", referenceId)
            .number("amount", amount.units())
            .text("currency", OrumBooks.CURRENCY);
    metadata.ifPresent(node -> json.node("metadata", node));
    source.ifPresent(side -> json.object("source").text(SUBLEDGER_MEMBER, side).end());
    destination.ifPresent(side -> json.object("destination").text(SUBLEDGER_MEMBER, side).end());
    return json.toText();
  }

  private static void requireCurrency(JsonNode node) {
    refuse(Values.isAbsentOrNull(node), OrumErrors::missingCurrency);
    refuse(!OrumBooks.CURRENCY.equals(node.textValue()), OrumErrors::invalidCurrency);
  }

  private static Optional<JsonNode> metadata(JsonNode node) {
    if (Values.isAbsentOrNull(node)) {
      return Optional.empty();
    }
    refuse(!node.isObject(), () -> OrumErrors.invalidMetadata("must be an object"));
    refuse(
        node.size() > MAX_METADATA_PAIRS,
        () -> OrumErrors.invalidMetadata("holds at most " + MAX_METADATA_PAIRS + " pairs"));
    for (Map.Entry<String, JsonNode> pair : node.properties()) {
      refuse(
          Text.length(pair.getKey()) > MAX_METADATA_KEY_CHARS,
          () ->
              OrumErrors.invalidMetadata(
                  "keys have at most " + MAX_METADATA_KEY_CHARS + " characters"));
      String value = pair.getValue().textValue();
      refuse(
          value == null || Text.length(value) > MAX_METADATA_VALUE_CHARS,
          () ->
              OrumErrors.invalidMetadata(
                  "values are strings of at most " + MAX_METADATA_VALUE_CHARS + " characters"));
    }
    return Optional.of(node);
  }

  private static Optional<String> side(JsonNode json, OrumSide side) {
    JsonNode node = json.get(side.member());
    if (Values.isAbsentOrNull(node)) {
      return Optional.empty();
    }
    refuse(!node.isObject(), () -> OrumErrors.invalidSubledger(side));
    return Optional.of(
        OrumFields.reference(
            node,
            SUBLEDGER_MEMBER,
            () -> OrumErrors.missingSubledger(side),
            () -> OrumErrors.invalidSubledger(side)));
  }

  private static void refuse(boolean amiss, Supplier<Answer> error) {
    if (amiss) {
      throw new ApiException(error.get());
    }
  }
}
