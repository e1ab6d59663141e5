package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Text;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the members of a JSON object the way the registry's framework does: what does not fit is
 * noted in the {@link Problems} and read as some harmless value, so that everything wrong is
 * reported at once. Unknown members are ignored.
 */
final class Body {
  private final JsonNode object;
  private final Location at;
  private final Problems problems;

  private Body(JsonNode object, Location at, Problems problems) {
    this.object = object;
    this.at = at;
    this.problems = problems;
  }

  /**
   * The body of a request.
   *
   * @throws ApiException 422 when it is no JSON object
   */
  static Body of(Call call, Problems problems) {
    if (call.body().length() == 0) {
      problems.missing(Location.BODY, null);
      throw new ApiException(problems.answer());
    }
    JsonNode node;
    try {
      node = Json.parse(call.body());
    } catch (JsonException e) {
      problems.invalidJson(e.offset(), e.reason());
      throw new ApiException(problems.answer());
    }
    if (!node.isObject()) {
      problems.notAnObject(Location.BODY, node);
      throw new ApiException(problems.answer());
    }
    return new Body(node, Location.BODY, problems);
  }

  /** A required text of so many code points. */
  String text(String name, int min, int max) {
    JsonNode node = required(name);
    return node == null ? "" : checked(name, node, min, max);
  }

  /** A required text of capital letters and digits. */
  String code(String name, int min, int max) {
    String text = text(name, min, max);
    if (!text.isEmpty() && !text.matches("[A-Z0-9]+")) {
      problems.notACode(at.then(name), object.get(name));
    }
    return text;
  }

  /** A required id: any text as long as ids are. Whether it names anything is for later. */
  String id(String name) {
    return text(name, IdCodec.MIN_CHARS, IdCodec.MAX_CHARS);
  }

  /** A text that may be null but whose key must be there. */
  Optional<String> nullableText(String name, int max) {
    JsonNode node = required(name);
    return node == null || node.isNull()
        ? Optional.empty()
        : Optional.of(checked(name, node, 0, max));
  }

  /** A text that may be null or left out. */
  Optional<String> optionalText(String name, int min, int max) {
    JsonNode node = object.get(name);
    return Values.isAbsentOrNull(node)
        ? Optional.empty()
        : Optional.of(checked(name, node, min, max));
  }

  /** A required whole number above zero, of any size that the parser takes. */
  BigInteger positive(String name) {
    JsonNode node = required(name);
    if (node == null) {
      return BigInteger.ONE;
    }
    Optional<BigInteger> value = integer(at.then(name), node);
    if (value.isPresent() && value.get().signum() <= 0) {
      problems.notMoreThan(at.then(name), node, 0);
    }
    return value.orElse(BigInteger.ONE);
  }

  /** A required whole number of either sign. */
  BigInteger integer(String name) {
    JsonNode node = required(name);
    return node == null ? BigInteger.ZERO : integer(at.then(name), node).orElse(BigInteger.ZERO);
  }

  /** An object that may be null or left out. */
  Optional<Body> optionalObject(String name) {
    JsonNode node = object.get(name);
    if (Values.isAbsentOrNull(node)) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      problems.notAnObject(at.then(name), node);
    }
    return Optional.of(new Body(node, at.then(name), problems));
  }

  boolean optionalFlag(String name, boolean otherwise) {
    JsonNode node = object.get(name);
    if (Values.isAbsentOrNull(node)) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      problems.notABoolean(at.then(name), node);
    }
    return node.asBoolean(otherwise);
  }

  Optional<Instant> optionalTime(String name) {
    JsonNode node = object.get(name);
    if (Values.isAbsentOrNull(node)) {
      return Optional.empty();
    }
    Optional<Instant> time = Timestamps.parse(node.textValue());
    if (time.isEmpty()) {
      problems.notATime(at.then(name), node);
    }
    return time;
  }

  /** A required date of the proleptic ISO calendar. */
  LocalDate date(String name) {
    JsonNode node = required(name);
    if (node == null) {
      return LocalDate.EPOCH;
    }
    try {
      String text = node.isTextual() && node.textValue().length() == 10 ? node.textValue() : "";
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      problems.notADate(at.then(name), node);
      return LocalDate.EPOCH;
    }
  }

  /** The elements of a required list that are objects. */
  List<Body> objects(String name) {
    var bodies = new ArrayList<Body>();
    for (JsonNode element : list(name)) {
      Location place = at.then(name).then((long) bodies.size());
      if (!element.isObject()) {
        problems.notAnObject(place, element);
      }
      bodies.add(new Body(element, place, problems));
    }
    return bodies;
  }

  /** The elements of a required list of ids. */
  List<String> ids(String name) {
    var ids = new ArrayList<String>();
    for (JsonNode element : list(name)) {
      Location place = at.then(name).then((long) ids.size());
      ids.add(checked(place, element, IdCodec.MIN_CHARS, IdCodec.MAX_CHARS));
    }
    return ids;
  }

  private JsonNode list(String name) {
    JsonNode node = required(name);
    if (node == null) {
      return Json.parse("[]");
    }
    if (!node.isArray()) {
      problems.notAList(at.then(name), node);
      return Json.parse("[]");
    }
    return node;
  }

  /** The member, or null when it is absent, which is noted unless the parent is at fault. */
  private JsonNode required(String name) {
    JsonNode node = object.get(name);
    if (node == null && object.isObject()) {
      problems.missing(at.then(name), object);
    }
    return node;
  }

  private String checked(String name, JsonNode node, int min, int max) {
    return checked(at.then(name), node, min, max);
  }

  private String checked(Location place, JsonNode node, int min, int max) {
    if (!node.isTextual()) {
      problems.notAString(place, node);
      return "";
    }
    int length = Text.length(node.textValue());
    if (length < min) {
      problems.tooShort(place, node, min);
    } else if (length > max) {
      problems.tooLong(place, node, max);
    }
    return node.textValue();
  }

  /** Takes 1000 and 1000.0, but no fractions; and no texts, lest a slip in a client moves value. */
  private Optional<BigInteger> integer(Location place, JsonNode node) {
    if (!node.isNumber()) {
      problems.notAnInteger(place, node);
      return Optional.empty();
    }
    Optional<BigInteger> value = Values.integral(node);
    if (value.isEmpty()) {
      if (isWhole(node.decimalValue())) {
        problems.hugeInteger(place, node);
      } else {
        problems.fraction(place, node);
      }
    }
    return value;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
