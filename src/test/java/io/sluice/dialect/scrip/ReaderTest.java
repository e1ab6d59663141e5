package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderStatus;
import io.sluice.testing.StubCall;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, paths and queries, without a server. */
class ReaderTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");
  private static final Wanted<HolderStatus> STATUS =
      new Reader.Choice<>(List.of(HolderStatus.ACTIVE, HolderStatus.CLOSED));
  private static final Wanted<String> SHORT = new Wanted.Characters(1, 3);
  private static final Wanted<BigInteger> SCALE = Wanted.Whole.of(0, 4);

  @Test
  void readsEachKindOfMember() {
    Call call =
        call(
            "{'t':'tex','u':'"
                + ID
                + "','f':true,'i':4,'a':'1.50','e':'CLOSED','z':'2026-01-02T03:04:05+01:00',"
                + "'o':{'x':1},'l':['a'],'r':[{'n':'x'}]}");

    Reader.read(
        call,
        reader -> {
          Members body = reader.body();
          assertThat(body.required("t", SHORT)).isEqualTo("tex");
          assertThat(body.required("u", Reader.ID)).isEqualTo(ID);
          assertThat(body.optional("f", Reader.FLAG)).contains(true);
          assertThat(body.required("i", SCALE)).isEqualTo(4);
          assertThat(body.required("a", Reader.AMOUNT)).isEqualTo(new BigDecimal("1.5"));
          assertThat(body.required("e", STATUS)).isEqualTo(HolderStatus.CLOSED);
          assertThat(body.optional("z", Reader.TIME))
              .contains(Instant.parse("2026-01-02T02:04:05Z"));
          assertThat(body.optional("o", Reader.THING).map(JsonNode::size)).contains(1);
          assertThat(body.optionalAll("l", 1, 1, Reader.NAME)).contains(List.of("a"));
          assertThat(body.objects("r", 1, 1).getFirst().required("n", SHORT)).isEqualTo("x");
          return body;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "absent"})
  void takesNullForAbsent(String name) {
    Call call = call("{'n':null}");

    for (Wanted<?> wanted :
        List.of(Reader.NAME, Reader.ID, Reader.AMOUNT, Reader.TIME, Reader.THING, Reader.FLAG)) {
      assertThat(Reader.<Optional<?>>read(call, r -> r.body().optional(name, wanted))).isEmpty();
      JsonNode details = refused(call, r -> r.body().required(name, wanted)).get("details");
      assertThat(details.get("expected").textValue()).isEqualTo("present");
      assertThat(details.get("reason").textValue()).isEqualTo("required");
      assertThat(details.has("received")).isFalse();
    }
    assertRefused(call, r -> r.body().objects(name, 0, 1), name + " is required");
  }

  @Test
  void saysWhatIsWrong() {
    String decimal = " must be a decimal string such as \"12.50\"";
    String plain = " without sign or exponent and with at most 38 digits";

    assertAmiss(
        "n", SHORT, "string of 1 to 3 characters", "n must be a string of 1 to 3 characters");
    assertAmiss(
        "s", SHORT, "string of 1 to 3 characters", "s must be a string of 1 to 3 characters");
    assertAmiss("s", Reader.ID, "uuid", "s must be a UUID");
    assertAmiss("s", Reader.FLAG, "boolean", "s must be true or false");
    assertAmiss("n", SCALE, "integer from 0 to 4", "n must be an integer from 0 to 4");
    assertAmiss("h", SCALE, "integer from 0 to 4", "h must be an integer from 0 to 4");
    assertAmiss(
        "n", Reader.AMOUNT, "decimal string above zero", "n" + decimal + ", not a JSON number");
    assertAmiss(
        "o", Reader.AMOUNT, "decimal string above zero", "o" + decimal + ", not a JSON object");
    assertAmiss("w", Reader.AMOUNT, "decimal string above zero", "w" + decimal + plain);
    assertAmiss("m", Reader.AMOUNT, "decimal string above zero", "m must be more than zero");
    assertAmiss("s", Reader.TIME, "RFC 3339 date-time", "s must be an RFC 3339 date-time");
    assertAmiss("a", Reader.THING, "object", "a must be an object");
    assertAmiss(
        "a",
        new Wanted.Several(1, 3),
        "array of 1 to 3 items",
        "a must be an array of 1 to 3 items");
    assertAmiss("s", STATUS, "one of ACTIVE, CLOSED", "s must be one of ACTIVE, CLOSED");
    assertAmiss("n", STATUS, "one of ACTIVE, CLOSED", "n must be one of ACTIVE, CLOSED");
  }

  private static void assertAmiss(String name, Wanted<?> wanted, String expected, String message) {
    String body = "{'n':5,'s':'long','a':[],'o':{},'m':'0.00','h':1.5,'w':'1e2'}";
    JsonNode answer = refused(call(body), reader -> reader.body().required(name, wanted));

    JsonNode sent = Json.parse(body.replace('\'', '"')).get(name);
    JsonNode details = answer.get("details");
    JsonNode field = details.get("fields").get(0);
    assertThat(answer.get("message").textValue()).isEqualTo("Invalid request parameters");
    assertThat(field.get("message").textValue()).isEqualTo(message);
    for (JsonNode each : List.of(details, field)) {
      assertThat(each.get("field").textValue()).isEqualTo(name);
      assertThat(each.get("expected").textValue()).isEqualTo(expected);
      assertThat(each.get("reason").textValue()).isEqualTo("invalid");
      assertThat(each.get("received").textValue())
          .isEqualTo(sent.isTextual() ? sent.textValue() : sent.toString());
    }
    assertThat(details.has("message")).isFalse();
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Call call = call("{'a':5,'r':[{},{'x':'" + "y".repeat(200) + "'}]}");

    JsonNode details =
        refused(
                call,
                reader -> {
                  Members body = reader.body();
                  body.required("a", SHORT);
                  body.required("b", SHORT);
                  body.objects("r", 1, 5).forEach(row -> row.required("x", SHORT));
                  return body;
                })
            .get("details");

    assertThat(details.get("field").textValue()).isEqualTo("a");
    assertThat(details.get("fields").findValuesAsText("field"))
        .containsExactly("a", "b", "r[0].x", "r[1].x");
    assertThat(details.get("fields").findValuesAsText("received"))
        .containsExactly("5", "y".repeat(100));
  }

  @Test
  void takesThingsOfAnySortThatCanBeKept() {
    String large = "{'x':{'a':'" + "x".repeat(Reader.MAX_OBJECT_BYTES) + "'}}";
    String grown = "{'x':{'a':" + "1".repeat(99) + "e9}}";

    assertRefused(
        call(large),
        r -> r.body().optional("x", Reader.THING),
        "x must be an object of at most 16384 bytes of JSON");
    assertRefused(
        call(grown),
        r -> r.body().optional("x", Reader.THING),
        "x must be an object without numbers that long");
  }

  @Test
  void namesThePlaceWithinAnArray() {
    Call call = call("{'r':[{},{'l':[1,null]}]}");

    assertRefused(
        call, r -> r.body().objects("r", 1, 5).get(1).required("x", SHORT), "r[1].x is required");
    assertRefused(
        call,
        r -> r.body().objects("r", 1, 5).get(1).optionalAll("l", 2, 5, SHORT),
        "r[1].l[0] must be a string of 1 to 3 characters",
        "r[1].l[1] must be a string of 1 to 3 characters");
    assertRefused(call("{'r':[1]}"), r -> r.body().objects("r", 1, 5), "r[0] must be an object");
    assertRefused(
        call("{'r':[{},null]}"), r -> r.body().objects("r", 1, 5), "r[1] must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "'x'", "null", "true"})
  void takesOnlyObjectsForBodies(String body) {
    JsonNode answer = refused(call(body), Reader::body);

    assertThat(answer.get("message").textValue()).isEqualTo("the body must be a JSON object");
    assertThat(answer.has("details")).isFalse();
  }

  @Test
  void readsPaths() {
    assertThat(Reader.pathId(StubCall.ofPath("id", ID.toString()))).isEqualTo(ID);
    assertRefused(StubCall.ofPath("id", "1"), Reader::pathId, "id must be a UUID");
  }

  @Test
  void readsQueries() {
    Call call = query(Map.of("u", ID.toString(), "b", "true", "t", "2026-01-01T00:00:00 00:00"));

    assertThat(read(call, "u", Reader.ID)).contains(ID);
    assertThat(read(call, "b", Reader.FLAG)).contains(true);
    assertThat(read(call, "absent", Reader.FLAG)).isEmpty();
    assertThat(read(call, "t", Reader.TIME)).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertRefused(call, r -> r.query("u", Reader.FLAG), "u must be true or false");
    assertRefused(call, r -> r.query("b", Reader.ID), "b must be a UUID");
    assertRefused(call, r -> r.query("u", Reader.TIME), "u must be an RFC 3339 date-time");
    assertRefused(call, r -> r.query("b", STATUS), "b must be one of ACTIVE, CLOSED");
    assertRefused(call, r -> r.requiredQuery("absent", Reader.ID), "absent is required");
  }

  @Test
  void refusesARepeatedParameter() {
    Call call = StubCall.ofQuery("limit", "7", "8");

    assertRefused(call, Reader::limit, "limit is given more than once");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "007,7", "200,200", "201,200", "999999999999999999999999999999,200"})
  void readsLimits(String text, int limit) {
    assertThat(Reader.<Integer>read(query(Map.of("limit", text)), Reader::limit)).isEqualTo(limit);
    assertThat(Reader.<Integer>read(query(Map.of()), Reader::limit)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "-1", "", "x", "1.0", "+1", "٣"})
  void refusesOtherLimits(String text) {
    assertRefused(
        query(Map.of("limit", text)), Reader::limit, "limit must be a whole number of 1 or more");
  }

  private static <T> Optional<T> read(Call call, String name, Wanted<T> wanted) {
    return Reader.read(call, reader -> reader.query(name, wanted));
  }

  private static Call call(String body) {
    return StubCall.ofBody(body.replace('\'', '"'));
  }

  private static Call query(Map<String, String> parameters) {
    StubCall call = StubCall.ofBody("");
    parameters.forEach((name, value) -> call.query().put(name, List.of(value)));
    return call;
  }

  private static JsonNode refused(Call call, Function<Reader, ?> reading) {
    ApiException refusal =
        catchThrowableOfType(ApiException.class, () -> Reader.read(call, reading));
    JsonNode body = Json.parse(refusal.answer().body());
    assertThat(refusal.answer().status()).isEqualTo(400);
    assertThat(body.get("code").textValue()).isEqualTo("bad_request");
    return body;
  }

  private static void assertRefused(Call call, Function<Reader, ?> reading, String... messages) {
    JsonNode fields = refused(call, reading).get("details").get("fields");
    assertThat(fields.findValuesAsText("message")).containsExactly(messages);
  }
}
