package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Text;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The members of a request's JSON object. A member that is JSON null counts as absent. Members that
 * the operation does not know are ignored.
 *
 * <p>Every method throws {@link ApiException} with {@code invalid_request} and a message that names
 * the member when it is absent but required, of another type, or outside its limits.
 */
final class Fields {
  static final int MAX_NAME_CHARS = 255;
  static final int MAX_DESCRIPTION_CHARS = 500;

  /** The most bytes of an object with anything in it, written compactly. */
  static final int MAX_OBJECT_BYTES = 16 * 1024;

  private final JsonNode object;
  private final String prefix;

  private Fields(JsonNode object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /** The members of a request's body, which must be a JSON object. */
  static Fields of(Call call) {
    JsonNode body = Json.parse(call.body());
    if (!body.isObject()) {
      throw refuse("the body must be a JSON object");
    }
    return new Fields(body, "");
  }

  /** A member's name as messages give it, such as {@code recipients[3].amount}. */
  String path(String name) {
    return prefix + name;
  }

  boolean has(String name) {
    return !Values.isAbsentOrNull(object.get(name));
  }

  Optional<String> optionalText(String name, int minChars, int maxChars) {
    return member(name).map(node -> text(name, node, minChars, maxChars));
  }

  String text(String name, int minChars, int maxChars) {
    return required(name, optionalText(name, minChars, maxChars));
  }

  Optional<UUID> optionalUuid(String name) {
    return member(name)
        .map(
            node ->
                Values.uuid(node)
                    .orElseThrow(() -> refuse(path(name) + " must be a string with a UUID")));
  }

  UUID uuid(String name) {
    return required(name, optionalUuid(name));
  }

  /** One of an enumeration's names, in exactly this spelling. */
  <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
    return member(name).map(node -> choice(path(name), node.textValue(), type));
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    return required(name, optionalChoice(name, type));
  }

  /** A JSON boolean; false when absent. */
  boolean flag(String name) {
    Optional<JsonNode> node = member(name);
    if (node.isPresent() && !node.get().isBoolean()) {
      throw refuse(path(name) + " must be true or false");
    }
    return node.isPresent() && node.get().booleanValue();
  }

  int integer(String name, int min, int max) {
    JsonNode node = required(name, member(name));
    return Values.integer(node)
        .filter(value -> value.compareTo(BigInteger.valueOf(min)) >= 0)
        .filter(value -> value.compareTo(BigInteger.valueOf(max)) <= 0)
        .map(BigInteger::intValueExact)
        .orElseThrow(() -> refuse(path(name) + " must be an integer from " + min + " to " + max));
  }

  /** A decimal string above zero. */
  Optional<BigDecimal> optionalAmount(String name) {
    return member(name).map(node -> amount(name, node));
  }

  BigDecimal amount(String name) {
    return required(name, optionalAmount(name));
  }

  Optional<Instant> optionalTime(String name) {
    return member(name)
        .map(
            node ->
                Timestamps.parse(node.textValue())
                    .orElseThrow(() -> refuse(path(name) + " must be an RFC 3339 date-time")));
  }

  /** A JSON object with anything in it, as long as it can be stored and read again. */
  Optional<JsonNode> optionalObject(String name) {
    Optional<JsonNode> node = member(name);
    node.ifPresent(object -> requireStorable(name, object));
    return node;
  }

  private void requireStorable(String name, JsonNode node) {
    if (!node.isObject()) {
      throw refuse(path(name) + " must be an object");
    }
    String stored = JsonWriter.object().node("m", node).toText();
    int bytes = stored.getBytes(StandardCharsets.UTF_8).length - "{\"m\":}".length();
    if (bytes > MAX_OBJECT_BYTES) {
      throw refuse(path(name) + " must have at most " + MAX_OBJECT_BYTES + " bytes of JSON");
    }
    try {
      Json.parse(stored);
    } catch (JsonException grown) {
      // In scientific notation, as it is stored, a number may be longer than it was.
      throw refuse(path(name) + " must not have numbers that long");
    }
  }

  /** An array of texts. */
  Optional<JsonNode> optionalTexts(String name, int maxItems, int maxChars) {
    Optional<JsonNode> node = member(name);
    node.ifPresent(
        array -> {
          requireArray(name, array, 0, maxItems);
          for (int i = 0; i < array.size(); i++) {
            text(name + "[" + i + "]", array.get(i), 1, maxChars);
          }
        });
    return node;
  }

  /** An array of objects. */
  List<Fields> objects(String name, int minItems, int maxItems) {
    JsonNode array = required(name, member(name));
    requireArray(name, array, minItems, maxItems);
    List<Fields> items = new ArrayList<>(array.size());
    for (JsonNode item : array) {
      String place = path(name) + "[" + items.size() + "]";
      if (!item.isObject()) {
        throw refuse(place + " must be an object");
      }
      items.add(new Fields(item, place + "."));
    }
    return items;
  }

  static ApiException refuse(String message) {
    return ScripErrors.thrown(ScripErrors.invalidRequest(message));
  }

  private Optional<JsonNode> member(String name) {
    return has(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  private <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> refuse(path(name) + " is required"));
  }

  private String text(String name, JsonNode node, int minChars, int maxChars) {
    if (!node.isTextual()) {
      throw refuse(path(name) + " must be a string");
    }
    int chars = Text.length(node.textValue());
    if (chars < minChars || chars > maxChars) {
      throw refuse(
          path(name) + " must have " + minChars + " to " + maxChars + " characters, not " + chars);
    }
    return node.textValue();
  }

  /**
   * The constant with exactly this name.
   *
   * @param text null for what is no text at all
   */
  static <E extends Enum<E>> E choice(String path, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(() -> refuse(path + " must be one of " + names(type)));
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return String.join(
        ", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toArray(String[]::new));
  }

  private BigDecimal amount(String name, JsonNode node) {
    if (!node.isTextual()) {
      String got = node.getNodeType().name().toLowerCase(Locale.ROOT);
      throw refuse(path(name) + " must be a decimal string such as \"12.50\", not a JSON " + got);
    }
    BigDecimal value =
        Decimals.parse(node.textValue())
            .orElseThrow(
                () ->
                    refuse(
                        path(name)
                            + " must be a decimal string such as \"12.50\" without sign or exponent"
                            + " and with at most "
                            + Decimals.MAX_DIGITS
                            + " digits"));
    if (value.signum() == 0) {
      throw refuse(path(name) + " must be more than zero");
    }
    return value;
  }

  private void requireArray(String name, JsonNode node, int minItems, int maxItems) {
    if (!node.isArray()) {
      throw refuse(path(name) + " must be an array");
    }
    if (node.size() < minItems || node.size() > maxItems) {
      throw refuse(
          path(name) + " must have " + minItems + " to " + maxItems + " items, not " + node.size());
    }
  }
}
