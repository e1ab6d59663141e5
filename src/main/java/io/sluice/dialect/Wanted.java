package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A kind of value that a request may be asked for, and the one strict way to read it. What to say
 * of a value that does not fit is each dialect's {@link Grammar}; a new kind does not compile
 * before each has words for it.
 *
 * @param <T> what is read
 */
public sealed interface Wanted<T> {
  /**
   * The value of a node.
   *
   * @param node there, and not JSON null
   * @return empty when it does not fit
   */
  Optional<T> read(JsonNode node);

  /** What is wrong with a node that does not fit. */
  default Flaw flaw(JsonNode node) {
    return Flaw.KIND;
  }

  /** What counts where a grammar notes a flaw and reads on; nobody uses it in the end. */
  T standIn();

  /** The JSON of a parameter in a query or path, which is always a text there. */
  default JsonNode node(String parameter) {
    return TextNode.valueOf(parameter);
  }

  /** A text of so many code points. */
  record Characters(int min, int max) implements Wanted<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return node.isTextual() && fits(node.textValue())
          ? Optional.of(node.textValue())
          : Optional.empty();
    }

    private boolean fits(String text) {
      int chars = Text.length(text);
      return chars >= min && chars <= max;
    }

    @Override
    public Flaw flaw(JsonNode node) {
      return node.isTextual() ? Flaw.SIZE : Flaw.KIND;
    }

    @Override
    public String standIn() {
      return "";
    }
  }

  /** A UUID in its canonical form. */
  record Id() implements Wanted<UUID> {
    private static final UUID NIL = new UUID(0, 0);

    @Override
    public Optional<UUID> read(JsonNode node) {
      return Values.uuid(node);
    }

    @Override
    public UUID standIn() {
      return NIL;
    }
  }

  /**
   * A whole number.
   *
   * @param lenient whether {@code 1000.0} and {@code 1e3} count as whole
   */
  record Whole(BigInteger min, BigInteger max, boolean lenient) implements Wanted<BigInteger> {
    public static Whole of(long min, long max) {
      return new Whole(BigInteger.valueOf(min), BigInteger.valueOf(max), false);
    }

    @Override
    public Optional<BigInteger> read(JsonNode node) {
      return whole(node).filter(this::fits);
    }

    private Optional<BigInteger> whole(JsonNode node) {
      return lenient ? Values.integral(node) : Values.integer(node);
    }

    private boolean fits(BigInteger value) {
      return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    @Override
    public Flaw flaw(JsonNode node) {
      if (!node.isNumber()) {
        return Flaw.KIND;
      }
      if (whole(node).isPresent()) {
        return Flaw.RANGE;
      }
      return Values.isWhole(node.decimalValue()) && lenient ? Flaw.DIGITS : Flaw.FRACTION;
    }

    @Override
    public BigInteger standIn() {
      return min;
    }

    @Override
    public JsonNode node(String parameter) {
      return Values.whole(parameter)
          .<JsonNode>map(BigIntegerNode::valueOf)
          .orElseGet(() -> TextNode.valueOf(parameter));
    }
  }

  /** True or false. */
  record Flag() implements Wanted<Boolean> {
    @Override
    public Optional<Boolean> read(JsonNode node) {
      return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    @Override
    public Boolean standIn() {
      return false;
    }

    @Override
    public JsonNode node(String parameter) {
      return switch (parameter) {
        case "true" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> TextNode.valueOf(parameter);
      };
    }
  }

  /** A moment. */
  record Time(TimeGrammar grammar) implements Wanted<Instant> {
    @Override
    public Optional<Instant> read(JsonNode node) {
      return grammar.read(node.textValue());
    }

    @Override
    public Instant standIn() {
      return Instant.EPOCH;
    }

    @Override
    public JsonNode node(String parameter) {
      return TextNode.valueOf(TimeGrammar.meant(parameter));
    }
  }

  /** One of some words, in exactly this spelling. */
  record OneOf(List<String> words) implements Wanted<String> {
    public OneOf {
      words = List.copyOf(words);
    }

    @Override
    public Optional<String> read(JsonNode node) {
      return node.isTextual() && words.contains(node.textValue())
          ? Optional.of(node.textValue())
          : Optional.empty();
    }

    @Override
    public String standIn() {
      return words.getFirst();
    }
  }

  /** A JSON object. */
  record Thing() implements Wanted<JsonNode> {
    @Override
    public Optional<JsonNode> read(JsonNode node) {
      return node.isObject() ? Optional.of(node) : Optional.empty();
    }

    @Override
    public JsonNode standIn() {
      return NullNode.getInstance();
    }
  }

  /** A JSON object with anything in it, as long as it can be stored and read again. */
  record Storable(int maxBytes) implements Wanted<JsonNode> {
    @Override
    public Optional<JsonNode> read(JsonNode node) {
      return node.isObject() && isStorable(JsonWriter.compact(node))
          ? Optional.of(node)
          : Optional.empty();
    }

    @Override
    public Flaw flaw(JsonNode node) {
      if (!node.isObject()) {
        return Flaw.KIND;
      }
      return isTooLong(JsonWriter.compact(node)) ? Flaw.SIZE : Flaw.DIGITS;
    }

    private boolean isTooLong(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    /** In scientific notation, as it is stored, a number may be longer than it was. */
    private boolean isStorable(String text) {
      try {
        return !isTooLong(text) && Json.parse(text).isObject();
      } catch (JsonException grown) {
        return false;
      }
    }

    @Override
    public JsonNode standIn() {
      return NullNode.getInstance();
    }
  }

  /** A list of so many elements. */
  record Several(int min, int max) implements Wanted<JsonNode> {
    @Override
    public Optional<JsonNode> read(JsonNode node) {
      return node.isArray() && node.size() >= min && node.size() <= max
          ? Optional.of(node)
          : Optional.empty();
    }

    @Override
    public Flaw flaw(JsonNode node) {
      return node.isArray() ? Flaw.SIZE : Flaw.KIND;
    }

    @Override
    public JsonNode standIn() {
      return NullNode.getInstance();
    }
  }

  /**
   * A kind that one dialect alone knows; its grammar knows which.
   *
   * @param <T> what is read
   */
  non-sealed interface Own<T> extends Wanted<T> {}
}
