package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.Text;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.dialect.corebanq.CorebanqErrors.FieldError;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the fields of a request and gathers everything that is wrong with them, so that a client
 * learns all of it at once. A reader of a refused field gives a stand-in, which nobody uses because
 * {@link #requireValid()} comes between reading and use.
 */
final class Fields {
  /** The largest whole number that a field may hold; amounts and balances are 64-bit integers. */
  static final long MAX_INTEGER = Long.MAX_VALUE;

  /** The most bytes of metadata, written compactly. */
  static final int MAX_METADATA_BYTES = 16 * 1024;

  private static final UUID STAND_IN = new UUID(0, 0);

  private final Call call;
  private final JsonNode body;
  private final List<FieldError> errors = new ArrayList<>();

  private Fields(Call call, JsonNode body) {
    this.call = call;
    this.body = body;
  }

  /** The fields of a request whose body must be a JSON object. */
  static Fields ofBody(Call call) {
    JsonNode body = Json.parse(call.body());
    if (!body.isObject()) {
      throw CorebanqErrors.failure(
          CorebanqErrors.validationFailed(
              List.of(new FieldError("body", "must be a JSON object"))));
    }
    return new Fields(call, body);
  }

  /** The path and query of a request without a body. */
  static Fields withoutBody(Call call) {
    return new Fields(call, Json.parse("{}"));
  }

  /** Ends the request with everything that was found wrong, if anything was. */
  void requireValid() {
    if (!errors.isEmpty()) {
      throw CorebanqErrors.failure(CorebanqErrors.validationFailed(errors));
    }
  }

  void refuse(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  boolean has(String name) {
    return !Values.isAbsentOrNull(body.get(name));
  }

  UUID pathUuid(String name) {
    return Values.uuid(call.pathParameter(name))
        .orElseGet(() -> refused(name, "in the path must be a UUID", STAND_IN));
  }

  /** A number from the path, 1 or more. */
  int pathInteger(String name) {
    return Values.parameter(call.pathParameter(name))
        .filter(value -> value >= 1)
        .orElseGet(() -> refused(name, "in the path must be a whole number, 1 or more", 1));
  }

  /** A number from the query, or the usual one where the query has none. */
  int parameter(String name, int usual, int min, int max) {
    List<String> given = call.query().getAll(name);
    if (given.isEmpty()) {
      return usual;
    }
    return Values.parameter(given.getFirst())
        .filter(value -> given.size() == 1 && value >= min && value <= max)
        .orElseGet(
            () -> refused(name, "must be one whole number from " + min + " to " + max, usual));
  }

  UUID uuid(String name) {
    return Values.uuid(body.get(name)).orElseGet(() -> refusedOr(name, "a UUID", STAND_IN));
  }

  Optional<UUID> optionalUuid(String name) {
    return has(name) ? Optional.of(uuid(name)) : Optional.empty();
  }

  /** A whole number written as one: neither 1.0 nor 1e0 nor "1". */
  long integer(String name, long min) {
    return Values.integer(body.get(name))
        .filter(value -> within(value, min))
        .map(BigInteger::longValueExact)
        .orElseGet(() -> refusedOr(name, "a JSON integer from " + min + " to " + MAX_INTEGER, min));
  }

  long optionalInteger(String name, long usual, long min) {
    return has(name) ? integer(name, min) : usual;
  }

  boolean optionalBoolean(String name, boolean usual) {
    if (!has(name)) {
      return usual;
    }
    JsonNode node = body.get(name);
    return node.isBoolean() ? node.booleanValue() : refused(name, "must be true or false", usual);
  }

  boolean bool(String name) {
    JsonNode node = body.get(name);
    boolean given = node != null && node.isBoolean();
    return given ? node.booleanValue() : refusedOr(name, "true or false", false);
  }

  /** A text of limited length, counted in code points. */
  String text(String name, int min, int max) {
    JsonNode node = body.get(name);
    if (node != null && node.isTextual()) {
      int length = Text.length(node.textValue());
      if (length >= min && length <= max) {
        return node.textValue();
      }
    }
    return refusedOr(name, "a string of " + min + " to " + max + " characters", "");
  }

  String optionalText(String name, int max) {
    return has(name) ? text(name, 0, max) : "";
  }

  String oneOf(String name, Set<String> values) {
    JsonNode node = body.get(name);
    if (node != null && node.isTextual() && values.contains(node.textValue())) {
      return node.textValue();
    }
    return refusedOr(name, "one of " + String.join(", ", values), "");
  }

  Optional<Instant> optionalTime(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    Optional<Instant> time = Timestamps.parse(body.get(name).textValue());
    return time.isPresent()
        ? time
        : refused(name, "must be an RFC 3339 date-time such as 2024-01-31T12:00:00Z", time);
  }

  Metadata metadata(String name) {
    if (!has(name)) {
      return Metadata.NONE;
    }
    JsonNode node = body.get(name);
    if (!node.isObject()) {
      return refused(name, "must be a JSON object", Metadata.NONE);
    }
    Metadata metadata = Metadata.of(node);
    if (metadata.sizeBytes() > MAX_METADATA_BYTES) {
      return refused(
          name, "must have at most " + MAX_METADATA_BYTES + " bytes of JSON", Metadata.NONE);
    }
    return metadata.isReadable()
        ? metadata
        : refused(name, "must not have numbers that long", Metadata.NONE);
  }

  private static boolean within(BigInteger value, long min) {
    return value.bitLength() < Long.SIZE && value.longValue() >= min;
  }

  private <T> T refusedOr(String name, String kind, T standIn) {
    return refused(name, (has(name) ? "must be " : "is required and must be ") + kind, standIn);
  }

  private <T> T refused(String name, String message, T standIn) {
    refuse(name, message);
    return standIn;
  }
}
