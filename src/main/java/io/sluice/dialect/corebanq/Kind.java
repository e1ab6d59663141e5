package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A kind of value that only this API has.
 *
 * @param <T> what is read
 */
interface Kind<T> extends Wanted.Own<T> {
  /** What it must be, in words that follow "must be". */
  String rule();

  /** How many rows of a list; more than the most there are count as these. */
  record Limit(int max) implements Kind<Integer> {
    @Override
    public Optional<Integer> read(JsonNode node) {
      String text = node.textValue();
      if (!text.matches("[0-9]{1,100}") || text.matches("0+")) {
        return Optional.empty();
      }
      String digits = text.replaceFirst("^0+", "");
      return Optional.of(digits.length() > 9 ? max : Math.min(max, Integer.parseInt(digits)));
    }

    @Override
    public Integer standIn() {
      return max;
    }

    @Override
    public String rule() {
      return "one whole number of 1 or more";
    }
  }

  /** A currency as ISO 4217 writes it. */
  record CurrencyCode() implements Kind<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue()).filter(text -> text.matches("[A-Z]{3}"));
    }

    @Override
    public String standIn() {
      return "";
    }

    @Override
    public String rule() {
      return "three capital letters such as EUR";
    }
  }

  /** One of the words for the constants of an enum: their names in lower case. */
  record Word<E extends Enum<E>>(List<E> constants) implements Kind<E> {
    static <E extends Enum<E>> Word<E> of(Class<E> type) {
      return new Word<>(List.copyOf(Arrays.asList(type.getEnumConstants())));
    }

    @Override
    public Optional<E> read(JsonNode node) {
      return constants.stream().filter(one -> word(one).equals(node.textValue())).findFirst();
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public E standIn() {
      return constants.getFirst();
    }

    @Override
    public String rule() {
      return "one of " + constants.stream().map(Word::word).collect(Collectors.joining(", "));
    }
  }

  /** A JSON object written as text. */
  record Written() implements Kind<JsonNode> {
    @Override
    public Optional<JsonNode> read(JsonNode node) {
      try {
        return Optional.of(Json.parse(node.textValue())).filter(JsonNode::isObject);
      } catch (JsonException e) {
        return Optional.empty();
      }
    }

    @Override
    public JsonNode standIn() {
      return NullNode.getInstance();
    }

    @Override
    public String rule() {
      return "a JSON object, written as text";
    }
  }
}
