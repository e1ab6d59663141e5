package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Headers;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Place;
import io.sluice.dialect.Text;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Values;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.isometric.Problems.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one request the way the registry's framework does: what does not fit is noted in the {@link
 * Problems}, so that everything wrong is reported at once.
 */
final class Reader implements Grammar {
  /** Any text as long as ids are. Whether it names anything is for later. */
  static final Wanted<String> ID = new Wanted.Characters(IdCodec.MIN_CHARS, IdCodec.MAX_CHARS);

  /** More digits than the parser takes. */
  private static final BigInteger BEYOND = BigInteger.TEN.pow(Values.MAX_DIGITS);

  /** Takes 1000 and 1000.0, but no fractions; and no texts, lest a slip in a client moves value. */
  static final Wanted<BigInteger> POSITIVE = new Wanted.Whole(BigInteger.ONE, BEYOND, true);

  static final Wanted<BigInteger> NATURAL = new Wanted.Whole(BigInteger.ZERO, BEYOND, true);
  static final Wanted<BigInteger> WHOLE = new Wanted.Whole(BEYOND.negate(), BEYOND, true);
  static final Wanted<Instant> TIME = new Wanted.Time(TimeGrammar.FRAMEWORK);

  /** What administrators write, who know nothing of the registry's framework. */
  static final Wanted<Instant> EXACT_TIME = new Wanted.Time(TimeGrammar.RFC_3339);

  static final Wanted<String> NAME = new Wanted.Characters(1, 256);

  static final Wanted<String> NOTES = new Wanted.Characters(0, 256);

  /** An administrator's own name for something. */
  static final Wanted<String> REFERENCE = new Wanted.Characters(1, 255);

  /** The three letters of ISO 3166-1. */
  static final Wanted<String> COUNTRY = new Code(3, 3);

  private static final int MAX_KEY_CHARS = 255;
  private static final Place KEY = Place.HEADER.then("idempotency-key");

  private final Call call;
  private final Parameters parameters;
  private final Problems problems = new Problems();

  private Reader(Call call) {
    this.call = call;
    this.parameters = new Parameters(call, this, Parameters.Repeats.LAST);
  }

  /**
   * What a request says.
   *
   * @throws ApiException 422 with all that does not fit the schema
   */
  static <T> T read(Call call, Function<Reader, T> reading) {
    var reader = new Reader(call);
    T read = reading.apply(reader);
    reader.problems.throwIfAny();
    return read;
  }

  /** The id in the path of a request that says nothing else. */
  static String pathId(Call call) {
    return read(call, Reader::pathId);
  }

  String pathId() {
    return parameters.path("id", ID);
  }

  /** A parameter of the query; of one given more than once the last counts. */
  <T> Optional<T> query(String name, Wanted<T> wanted) {
    return parameters.query(name, wanted);
  }

  /** A parameter of the query that is a set of words: one that is given again adds nothing. */
  Set<String> someOf(String name, List<String> words) {
    Place at = Place.QUERY.then(name);
    List<String> given = call.query().getOrDefault(name, List.of());
    for (int i = 0; i < given.size(); i++) {
      if (!words.contains(given.get(i))) {
        problems.notOneOf(at.then(i), TextNode.valueOf(given.get(i)), words);
      }
    }
    return new LinkedHashSet<>(given);
  }

  /** The client's idempotency key, 1 to 255 characters. */
  Optional<String> key() {
    Optional<String> key = call.header(Headers.IDEMPOTENCY_KEY);
    int chars = key.map(Text::length).orElse(1);
    if (chars < 1) {
      problems.tooShort(KEY, null, 1);
    } else if (chars > MAX_KEY_CHARS) {
      problems.tooLong(KEY, null, MAX_KEY_CHARS);
    }
    return key;
  }

  /**
   * The body.
   *
   * @throws ApiException 422 when it is no JSON object, which leaves nothing to read
   */
  Members body() {
    if (call.body().length() == 0) {
      problems.add(Place.BODY, null, Problem.MISSING);
    } else {
      try {
        Members body = Members.of(call, this);
        if (body.node().isObject()) {
          return body;
        }
      } catch (JsonException e) {
        problems.invalidJson(e.offset(), e.reason());
      }
    }
    throw new ApiException(problems.answer());
  }

  @Override
  public boolean nullIsAbsent() {
    return false;
  }

  @Override
  public void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    if (flaw == Flaw.MISSING) {
      problems.add(at, found, Problem.MISSING);
      return;
    }
    switch (wanted) {
      case Wanted.Characters(int min, int max) -> text(at, found, min, max);
      case Code code -> code(at, found, code);
      case Wanted.Whole whole -> whole(at, found, whole, flaw);
      case Count count -> count(at, found, count, flaw);
      case Wanted.Flag flag -> problems.add(at, found, Problem.NOT_A_BOOLEAN);
      case Wanted.Time time -> time(at, found, time);
      case Date date -> problems.add(at, found, Problem.NOT_A_DATE);
      case Degrees degrees -> degrees(at, found, degrees, flaw);
      case Wanted.OneOf(List<String> words) -> problems.notOneOf(at, found, words);
      case Wanted.Thing thing -> problems.add(at, found, Problem.NOT_AN_OBJECT);
      case Wanted.Several several -> several(at, found, several, flaw);
      case Literal(List<String> words) -> problems.notLiteral(at, found, words);
      case Email email -> problems.notAnEmail(at, found);
      case Wanted.Id id -> throw unknown(id);
      case Wanted.Storable storable -> throw unknown(storable);
      case Wanted.Own<?> own -> throw unknown(own);
    }
  }

  private void several(Place at, JsonNode found, Wanted.Several several, Flaw flaw) {
    if (flaw == Flaw.SIZE) {
      problems.tooFew(at, found, several.min());
    } else {
      problems.add(at, found, Problem.NOT_A_LIST);
    }
  }

  private void time(Place at, JsonNode found, Wanted.Time time) {
    boolean zoned = !time.grammar().lacksZone(found.textValue());
    problems.add(at, found, zoned ? Problem.NOT_A_TIME : Problem.NO_ZONE);
  }

  private static IllegalStateException unknown(Wanted<?> wanted) {
    return new IllegalStateException("the registry asks for no " + wanted);
  }

  private void text(Place at, JsonNode found, int min, int max) {
    int chars = chars(found);
    if (chars > max) {
      problems.tooLong(at, found, max);
    } else if (chars >= 0 && chars < min) {
      problems.tooShort(at, found, min);
    } else {
      problems.add(at, found, Problem.NOT_A_STRING);
    }
  }

  /** How long a text is; negative for anything else. */
  private static int chars(JsonNode node) {
    return node.isTextual() ? Text.length(node.textValue()) : -1;
  }

  private void code(Place at, JsonNode found, Code code) {
    if (!code.isLongEnough(found)) {
      text(at, found, code.min(), code.max());
    }
    if (found.isTextual() && !found.textValue().isEmpty() && !Code.isSpelt(found)) {
      problems.notACode(at, found);
    }
  }

  private void whole(Place at, JsonNode found, Wanted.Whole whole, Flaw flaw) {
    switch (flaw) {
      case RANGE -> problems.notMoreThan(at, found, whole.min().subtract(BigInteger.ONE));
      case FRACTION -> problems.add(at, found, Problem.FRACTION);
      case DIGITS -> problems.add(at, found, Problem.HUGE_INTEGER);
      case MISSING, REPEATED, KIND, SIZE -> problems.add(at, found, Problem.NOT_AN_INTEGER);
    }
  }

  private void degrees(Place at, JsonNode found, Degrees degrees, Flaw flaw) {
    if (flaw == Flaw.KIND) {
      problems.add(at, found, Problem.NOT_A_NUMBER);
    } else if (found.decimalValue().signum() < 0) {
      problems.lessThan(at, found, -degrees.max());
    } else {
      problems.moreThan(at, found, degrees.max());
    }
  }

  private void count(Place at, JsonNode found, Count count, Flaw flaw) {
    if (flaw == Flaw.KIND) {
      problems.add(at, found, Problem.UNREADABLE_INTEGER);
    } else if (Count.number(found).filter(n -> n < 1).isPresent()) {
      problems.notMoreThan(at, found, 0);
    } else {
      problems.moreThan(at, found, count.max());
    }
  }

  /** Notes a field that one form of a body lacks. */
  void missingIn(String form, String field) {
    problems.add(Place.BODY.then(form).then(field), null, Problem.MISSING);
  }

  /** One of the constants that tell forms of a body apart. */
  record Literal(List<String> words) implements Wanted.Own<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue()).filter(words::contains);
    }

    @Override
    public String standIn() {
      return words.getFirst();
    }
  }

  /** An address with one at sign, a name before it and a domain of several labels after it. */
  record Email() implements Wanted.Own<String> {
    private static final int MAX_CHARS = 254;

    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue())
          .map(String::strip)
          .filter(text -> Text.length(text) <= MAX_CHARS)
          .filter(text -> text.matches("[^@\\s]{1,64}@([\\p{L}\\p{N}-]+\\.)+[\\p{L}\\p{N}-]+"));
    }

    @Override
    public String standIn() {
      return "";
    }
  }

  /** A text of capital letters and digits. */
  record Code(int min, int max) implements Wanted.Own<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return isLongEnough(node) && isSpelt(node) ? Optional.of(node.textValue()) : Optional.empty();
    }

    private boolean isLongEnough(JsonNode node) {
      int chars = chars(node);
      return chars >= min && chars <= max;
    }

    private static boolean isSpelt(JsonNode node) {
      return node.textValue().matches("[A-Z0-9]+");
    }

    @Override
    public String standIn() {
      return "";
    }
  }

  /** A parameter that is a whole number from 1. */
  record Count(int max) implements Wanted.Own<Integer> {
    private static final int MAX_DIGITS = 10;

    @Override
    public Optional<Integer> read(JsonNode node) {
      return number(node).filter(n -> n >= 1 && n <= max).map(Long::intValue);
    }

    /** Any number below 1 is as good as another, and so is any with more digits than matter. */
    private static Optional<Long> number(JsonNode node) {
      String digits = node.textValue().strip();
      if (!digits.matches("[+-]?[0-9]+")) {
        return Optional.empty();
      }
      if (digits.startsWith("-")) {
        return Optional.of(0L);
      }
      return Optional.of(digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits));
    }

    @Override
    public Flaw flaw(JsonNode node) {
      return number(node).isEmpty() ? Flaw.KIND : Flaw.RANGE;
    }

    @Override
    public Integer standIn() {
      return 1;
    }
  }

  /**
   * A number of degrees to either side of a great circle.
   *
   * @param max the most, both ways
   */
  record Degrees(int max) implements Wanted.Own<BigDecimal> {
    /** What is kept, to a tenth of a millimetre on the ground. */
    private static final int DECIMALS = 9;

    @Override
    public Optional<BigDecimal> read(JsonNode node) {
      return node.isNumber() && node.decimalValue().abs().compareTo(BigDecimal.valueOf(max)) <= 0
          ? Optional.of(rounded(node.decimalValue()))
          : Optional.empty();
    }

    private static BigDecimal rounded(BigDecimal degrees) {
      // Told apart before it is expanded: 1e-1000000 would be a million digits.
      if (degrees.precision() - (long) degrees.scale() < -DECIMALS) {
        return BigDecimal.ZERO;
      }
      BigDecimal decimals = degrees.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
      return decimals.scale() < 0 ? decimals.setScale(0) : decimals;
    }

    @Override
    public Flaw flaw(JsonNode node) {
      return node.isNumber() ? Flaw.RANGE : Flaw.KIND;
    }

    @Override
    public BigDecimal standIn() {
      return BigDecimal.ZERO;
    }
  }

  /** A date of the proleptic ISO calendar, in the years 1 to 9999. */
  record Date() implements Wanted.Own<LocalDate> {
    private static final int CHARS = "2024-01-22".length();

    @Override
    public Optional<LocalDate> read(JsonNode node) {
      String text = node.isTextual() ? node.textValue() : "";
      try {
        return text.length() == CHARS
            ? Optional.of(LocalDate.parse(text)).filter(date -> date.getYear() > 0)
            : Optional.empty();
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    @Override
    public LocalDate standIn() {
      return LocalDate.EPOCH;
    }
  }
}
