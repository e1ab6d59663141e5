package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.Text;
import io.sluice.dialect.Values;
import io.sluice.ledger.Amount;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads members of bodies and queries, with the caller's own error for each thing amiss. */
final class OrumFields {
  /** The most characters of a reference id. */
  static final int MAX_REFERENCE_CHARS = 255;

  private OrumFields() {}

  /** The object that a body holds. */
  static JsonNode object(Buffer body) {
    JsonNode node = Json.parse(body);
    if (!node.isObject()) {
      throw new ApiException(OrumErrors.badRequest("the body must be a JSON object"));
    }
    return node;
  }

  /** A required reference id; null counts as absent. */
  static String reference(
      JsonNode object, String name, Supplier<Answer> missing, Supplier<Answer> invalid) {
    JsonNode node = object.get(name);
    if (Values.isAbsentOrNull(node)) {
      throw new ApiException(missing.get());
    }
    if (!node.isTextual() || !isReference(node.textValue())) {
      throw new ApiException(invalid.get());
    }
    return node.textValue();
  }

  /** An optional filter by reference id. */
  static Optional<String> reference(MultiMap query, String name, Supplier<Answer> invalid) {
    String value = query.get(name);
    if (value != null && !isReference(value)) {
      throw new ApiException(invalid.get());
    }
    return Optional.ofNullable(value);
  }

  /** A required text of the administration's own operations, under the rule of reference ids. */
  static String text(JsonNode object, String name) {
    Supplier<Answer> error =
        () ->
            OrumErrors.badRequest(
                name + " must be a string of 1 to " + MAX_REFERENCE_CHARS + " characters");
    return reference(object, name, error, error);
  }

  /** A required number of cents, 1 to 2^63 - 1, written as a plain integer. */
  static Amount cents(JsonNode node) {
    if (Values.isAbsentOrNull(node)) {
      throw new ApiException(OrumErrors.missingAmount());
    }
    return Values.integer(node)
        .filter(Amount::fits)
        .map(Amount::new)
        .filter(amount -> amount.isPositive() && !amount.isMoreThan(Amount.MAX_LONG))
        .orElseThrow(() -> new ApiException(OrumErrors.invalidAmount()));
  }

  private static boolean isReference(String text) {
    return !text.isEmpty() && Text.length(text) <= MAX_REFERENCE_CHARS && Text.isClean(text);
  }
}
