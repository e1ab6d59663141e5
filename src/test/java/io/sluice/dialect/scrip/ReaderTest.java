package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Cursor;
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
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    Members body =
        body(
            "{'t':'tex','u':'"
                + ID
                + "','f':true,'i':4,'a':'1.50','e':'CLOSED','z':'2026-01-02T03:04:05+01:00',"
                + "'o':{'x':1},'l':['a'],'r':[{'n':'x'}]}");

    assertThat(body.required("t", SHORT)).isEqualTo("tex");
    assertThat(body.required("u", Reader.ID)).isEqualTo(ID);
    assertThat(body.optional("f", Reader.FLAG)).contains(true);
    assertThat(body.required("i", SCALE)).isEqualTo(4);
    assertThat(body.required("a", Reader.AMOUNT)).isEqualTo(new BigDecimal("1.5"));
    assertThat(body.required("e", STATUS)).isEqualTo(HolderStatus.CLOSED);
    assertThat(body.optional("z", Reader.TIME)).contains(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(body.optional("o", Reader.THING).map(JsonNode::size)).contains(1);
    assertThat(body.optionalAll("l", 1, 1, Reader.NAME)).contains(List.of("a"));
    assertThat(body.objects("r", 1, 1).getFirst().required("n", SHORT)).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "absent"})
  void takesNullForAbsent(String name) {
    Members body = body("{'n':null}");

    assertThat(body.has(name)).isFalse();
    for (Wanted<?> wanted :
        List.of(Reader.NAME, Reader.ID, Reader.AMOUNT, Reader.TIME, Reader.THING, Reader.FLAG)) {
      assertThat(body.optional(name, wanted)).isEmpty();
      assertRefused(() -> body.required(name, wanted), name + " is required");
    }
    assertThat(body.optionalAll(name, 1, 1, Reader.NAME)).isEmpty();
    assertRefused(() -> body.objects(name, 0, 1), name + " is required");
  }

  @Test
  void saysWhatIsWrong() {
    Members body = body("{'n':5,'s':'long','a':[],'o':{},'m':'0.00','h':1.5,'w':'1e2'}");
    String decimal = " must be a decimal string such as \"12.50\"";
    String plain = " without sign or exponent and with at most 38 digits";

    assertRefused(() -> body.required("n", SHORT), "n must be a string");
    assertRefused(() -> body.required("s", SHORT), "s must have 1 to 3 characters, not 4");
    assertRefused(() -> body.required("s", Reader.ID), "s must be a string with a UUID");
    assertRefused(() -> body.required("s", Reader.FLAG), "s must be true or false");
    assertRefused(() -> body.required("n", SCALE), "n must be an integer from 0 to 4");
    assertRefused(() -> body.required("h", SCALE), "h must be an integer from 0 to 4");
    assertRefused(() -> body.required("s", SCALE), "s must be an integer from 0 to 4");
    assertRefused(() -> body.required("n", Reader.AMOUNT), "n" + decimal + ", not a JSON number");
    assertRefused(() -> body.required("o", Reader.AMOUNT), "o" + decimal + ", not a JSON object");
    assertRefused(() -> body.required("w", Reader.AMOUNT), "w" + decimal + plain);
    assertRefused(() -> body.required("m", Reader.AMOUNT), "m must be more than zero");
    assertRefused(() -> body.optional("s", Reader.TIME), "s must be an RFC 3339 date-time");
    assertRefused(() -> body.optional("a", Reader.THING), "a must be an object");
    assertRefused(() -> body.objects("o", 0, 1), "o must be an array");
    assertRefused(() -> body.objects("a", 1, 3), "a must have 1 to 3 items, not 0");
    assertRefused(() -> body.required("s", STATUS), "s must be one of ACTIVE, CLOSED");
    assertRefused(() -> body.required("n", STATUS), "n must be one of ACTIVE, CLOSED");
  }

  @Test
  void takesThingsOfAnySortThatCanBeKept() {
    String large = "{'x':{'a':'" + "x".repeat(Reader.MAX_OBJECT_BYTES) + "'}}";
    String grown = "{'x':{'a':" + "1".repeat(99) + "e9}}";

    assertRefused(
        () -> body(large).optional("x", Reader.THING), "x must have at most 16384 bytes of JSON");
    assertRefused(
        () -> body(grown).optional("x", Reader.THING), "x must not have numbers that long");
  }

  @Test
  void namesThePlaceWithinAnArray() {
    Members second = body("{'r':[{},{'l':[1,null]}]}").objects("r", 1, 5).get(1);

    assertRefused(() -> second.required("x", SHORT), "r[1].x is required");
    assertRefused(() -> second.optionalAll("l", 2, 5, SHORT), "r[1].l[0] must be a string");
    assertRefused(() -> body("{'r':[1]}").objects("r", 1, 5), "r[0] must be an object");
    assertRefused(() -> body("{'r':[{},null]}").objects("r", 1, 5), "r[1] must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "'x'", "null", "true"})
  void takesOnlyObjectsForBodies(String body) {
    assertRefused(() -> body(body), "the body must be a JSON object");
  }

  @Test
  void readsPaths() {
    assertThat(Reader.pathId(StubCall.ofPath("id", ID.toString()), "id")).isEqualTo(ID);
    assertRefused(
        () -> Reader.pathId(StubCall.ofPath("id", "1"), "id"), "id in the path must be a UUID");
    assertRefused(
        () -> Reader.pathId(StubCall.ofPath("id", "\0"), "id"), "id in the path must be a UUID");
  }

  @Test
  void readsQueries() {
    Call call = query(Map.of("u", ID.toString(), "b", "true", "t", "2026-01-01T00:00:00 00:00"));

    assertThat(Reader.query(call, "u", Reader.ID)).contains(ID);
    assertThat(Reader.query(call, "b", Reader.FLAG)).contains(true);
    assertThat(Reader.query(call, "absent", Reader.FLAG)).isEmpty();
    assertThat(Reader.query(call, "t", Reader.TIME))
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertRefused(() -> Reader.query(call, "u", Reader.FLAG), "u must be true or false");
    assertRefused(() -> Reader.query(call, "b", Reader.ID), "b must be a UUID");
    assertRefused(() -> Reader.query(call, "u", Reader.TIME), "u must be an RFC 3339 date-time");
    assertRefused(() -> Reader.query(call, "b", STATUS), "b must be one of ACTIVE, CLOSED");
  }

  @Test
  void refusesARepeatedParameter() {
    Call call = StubCall.ofQuery("limit", "7", "7");

    assertRefused(() -> Reader.limit(call), "limit is given more than once");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "007,7", "200,200", "201,200", "999999999999999999999999999999,200"})
  void readsLimits(String text, int limit) {
    assertThat(Reader.limit(query(Map.of("limit", text)))).isEqualTo(limit);
    assertThat(Reader.limit(query(Map.of()))).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "-1", "", "x", "1.0", "+1", "٣"})
  void refusesOtherLimits(String text) {
    assertRefused(
        () -> Reader.limit(query(Map.of("limit", text))),
        "limit must be a whole number of 1 or more");
  }

  @Test
  void takesOnlyCursorsOfTheSameList() {
    Call call = query(Map.of("cursor", Cursor.encode("list", ID.toString())));
    String refusal = "cursor must be the next_cursor of a page of this list";

    assertThat(Reader.after(call, "list")).contains(ID);
    assertThat(Reader.after(query(Map.of()), "list")).isEmpty();
    assertRefused(() -> Reader.after(call, "other"), refusal);
    for (String wrong : List.of("!", "", Cursor.encode("list"), Cursor.encode("list", "1"))) {
      assertRefused(() -> Reader.after(query(Map.of("cursor", wrong)), "list"), refusal);
    }
  }

  private static Members body(String body) {
    return Reader.body(StubCall.ofBody(body.replace('\'', '"')));
  }

  private static Call query(Map<String, String> parameters) {
    StubCall call = StubCall.ofBody("");
    parameters.forEach((name, value) -> call.query().put(name, List.of(value)));
    return call;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              JsonNode body = Json.parse(refusal.answer().body());
              assertThat(refusal.answer().status()).isEqualTo(400);
              assertThat(body.get("code").textValue()).isEqualTo("invalid_request");
              assertThat(body.get("message").textValue()).isEqualTo(message);
            });
  }
}
