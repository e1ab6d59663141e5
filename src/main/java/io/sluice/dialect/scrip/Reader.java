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
import io.sluice.ledger.Bucket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one request: its path, query and body. What does not fit is noted, so that a client learns
 * all of it at once. JSON null is the same as nothing, unless a member says otherwise.
 */
final class Reader implements Grammar {
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
  static final Wanted<String> REFERENCE = new Wanted.Characters(1, 255);
  static final Wanted<JsonNode> THING = new Wanted.Storable(MAX_OBJECT_BYTES);
  static final Wanted<BigDecimal> AMOUNT = new Decimal();

  /** The most characters of an idempotency key. */
  static final int MAX_KEY_CHARS = 255;

  private static final Wanted<String> KEY = new Wanted.Characters(1, MAX_KEY_CHARS);
  static final Wanted<BigDecimal> SIGNED = new SignedDecimal();
  static final String BUCKET_NAME = "bucket";
  static final Wanted<Bucket> BUCKET = new Choice<>(List.of(Bucket.values()));

  private final Call call;

  // Most requests are sound, so the list is begun with the first flaw.
  private List<FieldError> errors = List.of();

  private Reader(Call call) {
    this.call = call;
  }

  /**
   * What a request says.
   *
   * @param reading sees stand-ins in place of what does not fit; nobody else does
   * @throws ApiException with all that does not fit
   */
  static <T> T read(Call call, Function<Reader, T> reading) {
    var reader = new Reader(call);
    T read = reading.apply(reader);
    if (!reader.errors.isEmpty()) {
      throw new ApiException(Errors.invalid(reader.errors));
    }
    return read;
  }

  /** The id in the path of a request that says nothing else. */
  static UUID pathId(Call call) {
    return read(call, Reader::pathId);
  }

  /**
   * The members of the body.
   *
   * @throws ApiException when it is no JSON object, which leaves nothing to read
   */
  Members body() {
    return Members.of(call, this);
  }

  /** The idempotency key in a body, if the client gave one. */
  static Optional<String> key(Members body) {
    return body.optional("idempotency_key", KEY);
  }

  UUID pathId() {
    return pathId("id");
  }

  UUID pathId(String name) {
    return path(name, ID);
  }

  /** A parameter of the path. */
  <T> T path(String name, Wanted<T> wanted) {
    return parameters().path(name, wanted);
  }

  /** A parameter of the query. One that is given twice is refused: nobody may choose. */
  <T> Optional<T> query(String name, Wanted<T> wanted) {
    return parameters().query(name, wanted);
  }

  private Parameters parameters() {
    return new Parameters(call, this, Parameters.Repeats.REFUSED);
  }

  /** A parameter of the query that must be there. */
  <T> T requiredQuery(String name, Wanted<T> wanted) {
    if (!call.query().containsKey(name)) {
      refuse(FieldError.required(name));
    }
    return query(name, wanted).orElseGet(wanted::standIn);
  }

  /** How many to list: 1 to {@value #MAX_LIMIT}. A larger number is cut, a smaller one refused. */
  int limit() {
    return limit(DEFAULT_LIMIT, MAX_LIMIT);
  }

  /**
   * The same with other bounds.
   *
   * @param normal where the request says nothing
   */
  int limit(int normal, int most) {
    return query("limit", new Limit(most)).orElse(normal);
  }

  /** Notes what is amiss in a way that only the reading of this request sees. */
  void refuse(FieldError amiss) {
    if (errors.isEmpty()) {
      errors = new ArrayList<>();
    }
    errors.add(amiss);
  }

  /** Refuses members that the API has, but not here. */
  void refuseAll(Members body, List<String> names, String rule) {
    names.stream()
        .filter(body::has)
        .forEach(name -> refuse(FieldError.invalid(name, "absent", rule)));
  }

  @Override
  public void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    if (at.equals(Place.BODY)) {
      throw new ApiException(Errors.badRequest("the body must be a JSON object"));
    }
    String field = at.toString();
    if (flaw == Flaw.MISSING) {
      refuse(FieldError.required(field));
      return;
    }
    FieldError error =
        flaw == Flaw.REPEATED
            ? FieldError.invalid(field, "one value", "is given more than once")
            : FieldError.invalid(field, expected(wanted, flaw), rule(found, wanted, flaw));
    refuse(error.of(found.isTextual() ? found.textValue() : found.toString()));
  }

  private static String expected(Wanted<?> wanted, Flaw flaw) {
    return switch (wanted) {
      case Wanted.Id id -> "uuid";
      case Wanted.Flag flag -> "boolean";
      case Wanted.Own<?> own -> withoutArticle(((Kind<?>) own).expected());
      case Wanted<?> other -> withoutArticle(kind(other, flaw));
    };
  }

  private static String withoutArticle(String words) {
    return words.replaceFirst("^(an?|the) ", "");
  }

  private static String rule(JsonNode found, Wanted<?> wanted, Flaw flaw) {
    return "must be "
        + (wanted instanceof Wanted.Own<?> own ? ((Kind<?>) own).kind(found) : kind(wanted, flaw));
  }

  private static String kind(Wanted<?> wanted, Flaw flaw) {
    return switch (wanted) {
      case Wanted.Characters text ->
          "a string of " + text.min() + " to " + text.max() + " characters";
      case Wanted.Id id -> "a UUID";
      case Wanted.Whole whole -> "an integer from " + whole.min() + " to " + whole.max();
      case Wanted.Flag flag -> "true or false";
      case Wanted.Time time -> "an RFC 3339 date-time";
      case Wanted.OneOf words -> oneOf(words.words());
      case Wanted.Thing thing -> "an object";
      case Wanted.Storable storable -> storable(storable, flaw);
      case Wanted.Several several ->
          "an array of " + several.min() + " to " + several.max() + " items";
      case Wanted.Own<?> own -> throw new IllegalStateException("has words of its own: " + own);
    };
  }

  private static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  private static String storable(Wanted.Storable storable, Flaw flaw) {
    return switch (flaw) {
      case SIZE -> "an object of at most " + storable.maxBytes() + " bytes of JSON";
      case DIGITS -> "an object without numbers that long";
      case MISSING, REPEATED, KIND, RANGE, FRACTION -> "an object";
    };
  }

  /**
   * A kind of value that only this API knows.
   *
   * @param <T> what is read
   */
  interface Kind<T> extends Wanted.Own<T> {
    /** What is wanted, for {@code expected}. */
    String expected();

    /** What a value must be that does not fit, such as {@code more than zero}. */
    default String kind(JsonNode found) {
      return expected();
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
    public String expected() {
      return oneOf(constants.stream().map(Enum::name).toList());
    }

    @Override
    public E standIn() {
      return constants.getFirst();
    }
  }

  /** A text of a form of its own. */
  record Form(int maxChars, Pattern pattern, String expected) implements Kind<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue())
          .filter(text -> Text.length(text) <= maxChars && pattern.matcher(text).matches());
    }

    @Override
    public String standIn() {
      return "";
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
    public String expected() {
      return "decimal string above zero";
    }

    @Override
    public String kind(JsonNode found) {
      if (decimal(found).isPresent()) {
        return "more than zero";
      }
      return "a decimal string such as \"12.50\""
          + (found.isTextual()
              ? " without sign or exponent and with at most " + Decimals.MAX_DIGITS + " digits"
              : ", not a JSON " + found.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public BigDecimal standIn() {
      return BigDecimal.ONE;
    }
  }

  /** A decimal string with or without a minus sign. */
  private record SignedDecimal() implements Kind<BigDecimal> {
    @Override
    public Optional<BigDecimal> read(JsonNode node) {
      String text = node.textValue();
      return text.startsWith("-")
          ? Decimals.parse(text.substring(1)).map(BigDecimal::negate)
          : Decimals.parse(text);
    }

    @Override
    public String expected() {
      return "a decimal string such as \"-12.50\"";
    }

    @Override
    public BigDecimal standIn() {
      return BigDecimal.ZERO;
    }
  }

  /** How many of a list. */
  private record Limit(int most) implements Kind<Integer> {
    @Override
    public Optional<Integer> read(JsonNode node) {
      String text = node.textValue();
      if (!text.matches("[0-9]{1,100}") || text.matches("0+")) {
        return Optional.empty();
      }
      return Values.parameter(text).filter(limit -> limit < most).or(() -> Optional.of(most));
    }

    @Override
    public String expected() {
      return "a whole number of 1 or more";
    }

    @Override
    public Integer standIn() {
      return most;
    }
  }

  /**
   * The place where the last page of a list ended, out of that page's cursor.
   *
   * @param list what the list is, which is the first part of its cursors
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
    public String expected() {
      return "the next_cursor of a page of this list with the same filters";
    }

    @Override
    public T standIn() {
      throw new IllegalStateException("a cursor is never required");
    }
  }
}
