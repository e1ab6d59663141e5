package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.testing.StubCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bodies, paths and queries, without a server. */
class FieldsTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

  @Test
  void readsEachKindOfMember() {
    Fields fields =
        fields(
            "{'t':'text','u':'"
                + ID
                + "','f':true,'i':18,'a':'1.50','e':'GROUP_ID','z':'2026-01-02T03:04:05+01:00',"
                + "'o':{'x':1},'l':['a'],'r':[{'n':'x'}]}");

    assertThat(fields.text("t", 1, 4)).isEqualTo("text");
    assertThat(fields.uuid("u")).isEqualTo(ID);
    assertThat(fields.flag("f")).isTrue();
    assertThat(fields.integer("i", 0, 18)).isEqualTo(18);
    assertThat(fields.amount("a")).isEqualTo(new BigDecimal("1.5"));
    assertThat(fields.choice("e", Party.Kind.class)).isEqualTo(Party.Kind.GROUP_ID);
    assertThat(fields.optionalTime("z")).contains(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(fields.optionalObject("o").map(JsonNode::size)).contains(1);
    assertThat(fields.optionalTexts("l", 1, 1).map(JsonNode::size)).contains(1);
    assertThat(fields.objects("r", 1, 1).getFirst().path("n")).isEqualTo("r[0].n");
  }

  @Test
  void takesNullForAbsent() {
    Fields fields = fields("{'n':null}");

    for (String name : new String[] {"n", "absent"}) {
      assertThat(fields.has(name)).isFalse();
      assertThat(fields.optionalText(name, 1, 5)).isEmpty();
      assertThat(fields.optionalUuid(name)).isEmpty();
      assertThat(fields.optionalAmount(name)).isEmpty();
      assertThat(fields.optionalTime(name)).isEmpty();
      assertThat(fields.optionalObject(name)).isEmpty();
      assertThat(fields.optionalTexts(name, 1, 1)).isEmpty();
      assertThat(fields.flag(name)).isFalse();
      assertRefused(() -> fields.text(name, 1, 5), name + " is required");
      assertRefused(() -> fields.integer(name, 0, 1), name + " is required");
      assertRefused(() -> fields.objects(name, 0, 1), name + " is required");
    }
  }

  @Test
  void saysWhatIsWrong() {
    Fields fields = fields("{'n':5,'s':'long','a':[],'o':{}}");

    assertRefused(() -> fields.text("n", 1, 5), "n must be a string");
    assertRefused(() -> fields.text("s", 1, 3), "s must have 1 to 3 characters, not 4");
    assertRefused(() -> fields.uuid("s"), "s must be a string with a UUID");
    assertRefused(() -> fields.flag("s"), "s must be true or false");
    assertRefused(() -> fields.integer("n", 0, 4), "n must be an integer from 0 to 4");
    assertRefused(() -> fields.amount("n"), "not a JSON number");
    assertRefused(() -> fields.amount("s"), "decimal string");
    assertRefused(() -> fields.optionalTime("s"), "RFC 3339");
    assertRefused(() -> fields.optionalObject("a"), "a must be an object");
    assertRefused(() -> fields.objects("o", 0, 1), "o must be an array");
    assertRefused(() -> fields.objects("a", 1, 3), "a must have 1 to 3 items, not 0");
    assertRefused(
        () -> fields.choice("s", Programs.OnUnknown.class), "s must be one of CREATE, REJECT");
  }

  @Test
  void namesThePlaceWithinAnArray() {
    Fields second = fields("{'r':[{},{'l':[1]}]}").objects("r", 1, 5).get(1);

    assertRefused(() -> second.text("x", 1, 5), "r[1].x is required");
    assertRefused(() -> second.optionalTexts("l", 5, 5), "r[1].l[0] must be a string");
    assertRefused(() -> fields("{'r':[1]}").objects("r", 1, 5), "r[0] must be an object");
  }

  @Test
  void takesOnlyObjectsForBodies() {
    for (String body : new String[] {"[]", "1", "'x'", "null", "true"}) {
      assertRefused(() -> fields(body), "the body must be a JSON object");
    }
  }

  @Test
  void namesAPartyByExactlyOneMember() {
    Party party = Party.read(fields("{'source_participant_id':'" + ID + "'}"), "source_");

    assertThat(party).isEqualTo(party(Party.Kind.PARTICIPANT_ID, "source_participant_id"));
    assertThat(party.uuid()).contains(ID);
    String upper = ID.toString().toUpperCase(Locale.ROOT);
    assertThat(Party.read(fields("{'participant_id':'" + upper + "'}"), "").key())
        .isEqualTo(party.key());
    assertThat(Party.read(fields("{'external_id':'" + ID + "'}"), "").key())
        .isNotEqualTo(party.key());
    assertRefused(() -> Party.read(fields("{}"), ""), "give one of external_id, participant_id");
    assertRefused(
        () -> Party.read(fields("{'external_id':'x','group_id':'" + ID + "'}"), ""),
        "give only one of");
  }

  private static Party party(Party.Kind kind, String field) {
    return new Party(kind, ID.toString(), field);
  }

  @Test
  void readsQueries() {
    Call call = query(Map.of("u", ID.toString(), "b", "true", "t", "2026-01-01T00:00:00 00:00"));

    assertThat(Queries.uuid(call, "u")).contains(ID);
    assertThat(Queries.flag(call, "b")).isTrue();
    assertThat(Queries.flag(call, "absent")).isFalse();
    assertThat(Queries.time(call, "t")).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertRefused(() -> Queries.flag(call, "u"), "u must be true or false");
    assertRefused(() -> Queries.uuid(call, "b"), "b must be a UUID");
    assertRefused(() -> Queries.time(call, "u"), "u must be an RFC 3339 date-time");
    assertRefused(() -> Queries.choice(call, "b", Lots.Status.class), "b must be one of DEFERRED");
  }

  @Test
  void readsLimits() {
    assertThat(Queries.limit(query(Map.of()))).isEqualTo(50);
    assertThat(limit("1")).isEqualTo(1);
    assertThat(limit("200")).isEqualTo(200);
    assertThat(limit("201")).isEqualTo(200);
    assertThat(limit("9".repeat(30))).isEqualTo(200);
    for (String wrong : new String[] {"0", "00", "-1", "", "x", "1.0", "+1", "٣"}) {
      assertRefused(() -> limit(wrong), "limit must be a whole number of 1 or more");
    }
  }

  @Test
  void takesOnlyCursorsOfTheSameList() {
    Page<String> page = Page.of(List.of("a", "b", "c"), 2);
    Answer answer =
        page.answer(
            item -> new String[] {"list", ID.toString()}, (json, item) -> json.text("v", item));
    JsonNode body = Json.parse(answer.body());
    String cursor = body.get("pagination").get("next_cursor").textValue();

    assertThat(body.get("data").toString()).isEqualTo("[{\"v\":\"a\"},{\"v\":\"b\"}]");
    assertThat(body.get("pagination").get("has_more").booleanValue()).isTrue();
    assertThat(Queries.after(query(Map.of("cursor", cursor)), "list")).contains(ID);
    assertRefused(() -> Queries.after(query(Map.of("cursor", cursor)), "other"), "cursor must be");
    assertRefused(() -> Queries.after(query(Map.of("cursor", "!")), "list"), "cursor must be");
    assertThat(Queries.after(query(Map.of()), "list")).isEmpty();
  }

  private static int limit(String text) {
    return Queries.limit(query(Map.of("limit", text)));
  }

  private static Fields fields(String body) {
    return Fields.of(StubCall.ofBody(body.replace('\'', '"')));
  }

  private static Call query(Map<String, String> parameters) {
    StubCall call = StubCall.ofBody("");
    call.query().addAll(parameters);
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
              assertThat(body.get("message").textValue()).contains(message);
            });
  }
}
