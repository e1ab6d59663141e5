package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.StubCall;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one strict reading of bodies, queries and paths, under a grammar that only takes notes. */
class ReadingTest {
  private static final UUID SOME = UUID.fromString("0e8a3a0e-7d1c-4b5e-9c1e-0a0b0c0d0e0f");
  private static final BigInteger MAX = BigInteger.TEN.pow(99);

  private static final Wanted<String> TEXT = new Wanted.Characters(1, 3);
  private static final Wanted<BigInteger> WHOLE = Wanted.Whole.of(1, 10);
  private static final Wanted<BigInteger> LENIENT = new Wanted.Whole(BigInteger.ONE, MAX, true);

  /** Notes {@code way kind flaw}. */
  private static final class Notes implements Grammar {
    private final List<String> all = new ArrayList<>();
    private final boolean nullIsAbsent;

    Notes(boolean nullIsAbsent) {
      this.nullIsAbsent = nullIsAbsent;
    }

    @Override
    public void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
      all.add(at + " " + wanted.getClass().getSimpleName() + " " + flaw);
    }

    @Override
    public boolean nullIsAbsent() {
      return nullIsAbsent;
    }
  }

  private final Notes notes = new Notes(true);

  @Test
  void readsEveryKindOfMember() {
    // Given
    Members body =
        members(
            "{'t':'äöü','u':'"
                + SOME
                + "','n':7,'f':true,'at':'2026-11-21T10:00:00Z','w':'b','o':{'x':'y'},'s':{'k':[1]},"
                + "'l':['a','b'],'things':[{'t':'q'}]}");

    // When
    List<Object> read =
        List.of(
            body.required("t", TEXT),
            body.required("u", new Wanted.Id()),
            body.required("n", WHOLE),
            body.required("f", new Wanted.Flag()),
            body.required("at", new Wanted.Time(TimeGrammar.RFC_3339)),
            body.required("w", new Wanted.OneOf(List.of("a", "b"))),
            body.inner("o").required("x", TEXT),
            body.required("s", new Wanted.Storable(11)).toString(),
            body.all("l", 0, 2, TEXT),
            body.objects("things", 1, 1).getFirst().required("t", TEXT));

    // Then
    assertThat(read)
        .containsExactly(
            "äöü",
            SOME,
            BigInteger.valueOf(7),
            true,
            Instant.parse("2026-11-21T10:00:00Z"),
            "b",
            "y",
            "{\"k\":[1]}",
            List.of("a", "b"),
            "q");
    assertThat(notes.all).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|m Characters MISSING",
        "{'m':null}|m Characters MISSING",
        "{'m':1}|m Characters KIND",
        "{'m':''}|m Characters SIZE",
        "{'m':'abcd'}|m Characters SIZE"
      })
  void tellsWhatIsWrongWithAText(String json, String note) {
    // When
    String read = members(json).required("m", TEXT);

    // Then
    assertThat(notes.all).containsExactly(note);
    assertThat(read).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "0|RANGE",
        "11|RANGE",
        "'1'|KIND",
        "true|KIND",
        "1.0|FRACTION",
        "1e0|FRACTION",
        "1.5|FRACTION",
        "1e400|FRACTION"
      })
  void takesOnlyPlainWholeNumbers(String json, Flaw flaw) {
    // When
    BigInteger read = members("{'m':" + json + "}").required("m", WHOLE);

    // Then
    assertThat(notes.all).containsExactly("m Whole " + flaw);
    assertThat(read).isOne();
  }

  @ParameterizedTest
  @CsvSource({"1.0,1", "1e2,100", "1.50e1,15", "7,7"})
  void takesWholeNumbersHoweverWrittenWhereThatIsAllowed(String json, BigInteger value) {
    // When
    BigInteger read = members("{'m':" + json + "}").required("m", LENIENT);

    // Then
    assertThat(read).isEqualTo(value);
    assertThat(notes.all).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.5,FRACTION", "1e400,DIGITS", "1e1000000,DIGITS", "0,RANGE", "0e400,RANGE"})
  void tellsFractionsFromNumbersTooLongToKeep(String json, Flaw flaw) {
    // When
    members("{'m':" + json + "}").required("m", LENIENT);

    // Then
    assertThat(notes.all).containsExactly("m Whole " + flaw);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"[]|KIND", "{'k':[1,2]}|SIZE", "{'k':1e99}|DIGITS"})
  void takesOnlyObjectsThatCanBeStoredAndReadAgain(String json, Flaw flaw) {
    // Given a number that is written with more characters than it was read with
    String grown = json.replace("1e99", "1" + "0".repeat(98) + "e1");

    // When
    members("{'m':" + grown + "}")
        .optional("m", new Wanted.Storable(flaw == Flaw.SIZE ? 9 : 1_000));

    // Then
    assertThat(notes.all).containsExactly("m Storable " + flaw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'m':'x'", "'m':1", "'m':[]", "'m':{}"})
  void takesNothingElseForAFlag(String member) {
    // When
    members("{" + member + "}").required("m", new Wanted.Flag());

    // Then
    assertThat(notes.all).containsExactly("m Flag KIND");
  }

  @Test
  void namesThePlaceOfWhatIsInside() {
    // Given
    Members body = members("{'rows':[{'a':'x'},{'a':'toolong'},7],'texts':['x',null]}");

    // When
    body.objects("rows", 1, 3).forEach(row -> row.required("a", TEXT));
    body.all("texts", 0, 9, TEXT);

    // Then what is in the number is not told missing, since the number is no object
    assertThat(notes.all)
        .containsExactlyInAnyOrder(
            "rows[1].a Characters SIZE", "rows[2] Thing KIND", "texts[1] Characters KIND");
  }

  @Test
  void boundsLists() {
    // When
    members("{'l':[]}").all("l", 1, 2, TEXT);
    members("{'l':['a','a','a']}").all("l", 1, 2, TEXT);
    members("{'l':{}}").all("l", 1, 2, TEXT);

    // Then
    assertThat(notes.all).containsExactly("l Several SIZE", "l Several SIZE", "l Several KIND");
  }

  @Test
  void leavesOutWhatIsOptional() {
    // Given
    Members body = members("{'n':null}");

    // When
    List<Optional<?>> read =
        List.of(
            body.optional("n", TEXT),
            body.optional("x", TEXT),
            body.optionalInner("x"),
            body.optionalAll("x", 0, 1, TEXT));

    // Then
    assertThat(read).allSatisfy(each -> assertThat(each).isEmpty());
    assertThat(body.has("n")).isFalse();
    assertThat(notes.all).isEmpty();
  }

  @Test
  void tellsNullFromNothingWhereTheDialectDoes() {
    // Given
    var strict = new Notes(false);
    Members body = Members.of(StubCall.ofBody("{\"n\":null}"), strict);

    // When
    body.required("n", TEXT);
    body.nullable("n", TEXT);
    body.nullable("x", TEXT);

    // Then
    assertThat(strict.all).containsExactly("n Characters KIND", "x Characters MISSING");
  }

  @Test
  void wantsAnObjectForABody() {
    // When
    Members body = members("[1]");
    body.required("m", TEXT);

    // Then
    assertThat(notes.all).containsExactly(" Thing KIND");
  }

  @Test
  void leavesMalformedJsonToTheGateway() {
    // When
    var reading = assertThatThrownBy(() -> members("{"));

    // Then
    reading.isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"7,7", "10,10"})
  void readsNumbersOfAQuery(String text, BigInteger value) {
    // When
    Optional<BigInteger> read = parameters(StubCall.ofQuery("p", text)).query("p", WHOLE);

    // Then
    assertThat(read).contains(value);
  }

  @Test
  void readsNumbersOfAQueryHoweverLarge() {
    // Given
    var wanted = Wanted.Whole.of(0, Long.MAX_VALUE);
    String text = Long.toString(Long.MAX_VALUE);

    // When
    Optional<BigInteger> read = parameters(StubCall.ofQuery("p", text)).query("p", wanted);

    // Then
    assertThat(read).contains(BigInteger.valueOf(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "1.0", "1e0", "", " 1", "+1", "99999999999", "x"})
  void takesNoOtherNumbersOfAQuery(String text) {
    // When
    Optional<BigInteger> read = parameters(StubCall.ofQuery("p", text)).query("p", WHOLE);

    // Then
    assertThat(read).isEmpty();
    assertThat(notes.all).hasSize(1);
  }

  @Test
  void readsFlagsAndTimesOfAQuery() {
    // When
    Optional<Boolean> flag =
        parameters(StubCall.ofQuery("p", "true")).query("p", new Wanted.Flag());
    Optional<Instant> time =
        parameters(StubCall.ofQuery("p", "2026-11-21T11:00:00 01:00"))
            .query("p", new Wanted.Time(TimeGrammar.RFC_3339));

    // Then a plus sign that was not encoded is a blank
    assertThat(flag).contains(true);
    assertThat(time).contains(Instant.parse("2026-11-21T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"LAST,b", "REFUSED,"})
  void hasOneRuleForRepeatedParameters(Parameters.Repeats rule, String value) {
    // Given
    var query = new Parameters(StubCall.ofQuery("p", "a", "b"), notes, rule);

    // When
    Optional<String> read = query.query("p", TEXT);

    // Then
    assertThat(read).isEqualTo(Optional.ofNullable(value));
    assertThat(notes.all).hasSize(value == null ? 1 : 0);
  }

  @Test
  void readsThePath() {
    // When
    UUID id = parameters(StubCall.ofPath("id", SOME.toString())).path("id", new Wanted.Id());
    UUID none = parameters(StubCall.ofPath("id", "x")).path("id", new Wanted.Id());

    // Then
    assertThat(id).isEqualTo(SOME);
    assertThat(none).isEqualTo(new UUID(0, 0));
    assertThat(notes.all).containsExactly("id Id KIND");
  }

  private Parameters parameters(Call call) {
    return new Parameters(call, notes, Parameters.Repeats.REFUSED);
  }

  private Members members(String json) {
    return Members.of(StubCall.ofBody(json.replace('\'', '"')), notes);
  }
}
