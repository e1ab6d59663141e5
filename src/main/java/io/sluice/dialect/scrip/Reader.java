package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Cursor;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Place;
import io.sluice.dialect.Text;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Values;
import io.sluice.dialect.Wanted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads bodies, paths and queries. The first thing amiss ends the request with {@code
 * invalid_request} and a message that names the place. JSON null is the same as nothing.
 */
final class Reader {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  /** The most bytes of an object with anything in it, written compactly. */
  static final int MAX_OBJECT_BYTES = 16 * 1024;

  static final Wanted<UUID> ID = new Wanted.Id();
  static final Wanted<Boolean> FLAG = new Wanted.Flag();
  static final Wanted<Instant> TIME = new Wanted.Time(TimeGrammar.RFC_3339);
  static final Wanted<String> NAME = new Wanted.Characters(1, Names.MAX_NAME_CHARS);
  static final Wanted<String> EXTERNAL_ID = new Wanted.Characters(1, Names.MAX_EXTERNAL_ID_CHARS);
  static final Wanted<String> DESCRIPTION = new Wanted.Characters(1, Names.MAX_DESCRIPTION_CHARS);
  static final Wanted<JsonNode> THING = new Wanted.Storable(MAX_OBJECT_BYTES);
  static final Wanted<BigDecimal> AMOUNT = new Decimal();

  private static final Wanted<Integer> LIMIT = new Limit();

  private static final Grammar WORDS =
      (at, found, wanted, flaw) -> {
        throw refusal(subject(at) + " " + rule(at, found, wanted, flaw));
      };

  private Reader() {}

  /** The members of a body, which must be a JSON object. */
  static Members body(Call call) {
    return Members.of(call, WORDS);
  }

  static UUID pathId(Call call, String name) {
    return parameters(call).path(name, ID);
  }

  static <T> Optional<T> query(Call call, String name, Wanted<T> wanted) {
    return parameters(call).query(name, wanted);
  }

  /** How many to list: 1 to {@value #MAX_LIMIT}. A larger number is cut, a smaller one refused. */
  static int limit(Call call) {
    return query(call, "limit", LIMIT).orElse(DEFAULT_LIMIT);
  }

  /** The id after which a page of a list starts. */
  static Optional<UUID> after(Call call, String list) {
    return after(call, new After<>(list, 2, parts -> Values.uuid(parts.getLast())));
  }

  /** The place after which a page starts. */
  static <T> Optional<T> after(Call call, After<T> wanted) {
    return query(call, "cursor", wanted);
  }

  /** Ends a request that is amiss in a way that only its handler sees. */
  static ApiException refusal(String message) {
    return new ApiException(Errors.invalidRequest(message));
  }

  private static Parameters parameters(Call call) {
    return new Parameters(call, WORDS, Parameters.Repeats.REFUSED);
  }

  private static String subject(Place at) {
    if (at.equals(Place.BODY)) {
      return "the body";
    }
    return at.isIn(Place.PATH) ? at + " in the path" : at.toString();
  }

  private static String rule(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    if (flaw == Flaw.MISSING) {
      return "is required";
    }
    if (flaw == Flaw.REPEATED) {
      return "is given more than once";
    }
    return switch (wanted) {
      case Wanted.Characters text ->
          flaw == Flaw.KIND
              ? "must be a string"
              : size(text.min(), text.max(), "characters", Text.length(found.textValue()));
      case Wanted.Id id -> at.isIn(Place.BODY) ? "must be a string with a UUID" : "must be a UUID";
      case Wanted.Whole whole -> "must be an integer from " + whole.min() + " to " + whole.max();
      case Wanted.Flag yes -> "must be true or false";
      case Wanted.Time time -> "must be an RFC 3339 date-time";
      case Wanted.OneOf words -> oneOf(words.words());
      case Wanted.Thing thing ->
          at.equals(Place.BODY) ? "must be a JSON object" : "must be an object";
      case Wanted.Storable storable -> unstorable(storable, flaw);
      case Wanted.Several several ->
          flaw == Flaw.KIND
              ? "must be an array"
              : size(several.min(), several.max(), "items", found.size());
      case Wanted.Own<?> own -> ((Kind<?>) own).rule(found);
    };
  }

  private static String size(int min, int max, String what, int given) {
    return "must have " + min + " to " + max + " " + what + ", not " + given;
  }

  private static String oneOf(List<String> words) {
    return "must be one of " + String.join(", ", words);
  }

  private static String unstorable(Wanted.Storable storable, Flaw flaw) {
    return switch (flaw) {
      case SIZE -> "must have at most " + storable.maxBytes() + " bytes of JSON";
      case DIGITS -> "must not have numbers that long";
      case MISSING, REPEATED, KIND, RANGE, FRACTION -> "must be an object";
    };
  }

  /**
   * A kind of value that only this API knows.
   *
   * @param <T> what is read
   */
  private interface Kind<T> extends Wanted.Own<T> {
    /** What a value must be that does not fit, such as {@code must be more than zero}. */
    String rule(JsonNode found);

    @Override
    default T standIn() {
      throw new IllegalStateException("the first flaw ends a request");
    }
  }

  /**
   * One of some constants, by exactly their names.
   *
   * @param <E> their type
   */
  record Choice<E extends Enum<E>>(List<E> constants) implements Kind<E> {
    @Override
    public Optional<E> read(JsonNode node) {
      return constants.stream().filter(one -> one.name().equals(node.textValue())).findFirst();
    }

    @Override
    public String rule(JsonNode found) {
      return oneOf(constants.stream().map(Enum::name).toList());
    }
  }

  /** A decimal string above zero. */
  private record Decimal() implements Kind<BigDecimal> {
    @Override
    public Optional<BigDecimal> read(JsonNode node) {
      return decimal(node).filter(value -> value.signum() > 0);
    }

    private static Optional<BigDecimal> decimal(JsonNode node) {
      return Optional.ofNullable(node.textValue()).flatMap(Decimals::parse);
    }

    @Override
    public String rule(JsonNode found) {
      if (decimal(found).isPresent()) {
        return "must be more than zero";
      }
      return "must be a decimal string such as \"12.50\""
          + (found.isTextual()
              ? " without sign or exponent and with at most " + Decimals.MAX_DIGITS + " digits"
              : ", not a JSON " + found.getNodeType().name().toLowerCase(Locale.ROOT));
    }
  }

  /** How many of a list. */
  private record Limit() implements Kind<Integer> {
    @Override
    public Optional<Integer> read(JsonNode node) {
      String text = node.textValue();
      if (!text.matches("[0-9]{1,100}") || text.matches("0+")) {
        return Optional.empty();
      }
      return Values.parameter(text)
          .filter(limit -> limit < MAX_LIMIT)
          .or(() -> Optional.of(MAX_LIMIT));
    }

    @Override
    public String rule(JsonNode found) {
      return "must be a whole number of 1 or more";
    }
  }

  /**
   * The place where the last page of a list ended, out of that page's cursor.
   *
   * @param list the list's name, which is the first part of its cursors
   * @param parts how many parts these have
   * @param place makes the place of them
   * @param <T> the place
   */
  record After<T>(String list, int parts, Function<List<String>, Optional<T>> place)
      implements Kind<T> {
    @Override
    public Optional<T> read(JsonNode node) {
      return Cursor.decode(node.textValue(), parts)
          .filter(found -> found.getFirst().equals(list))
          .flatMap(place);
    }

    @Override
    public String rule(JsonNode found) {
      return "must be the next_cursor of a page of this list";
    }
  }
}
