package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed transfers. None may be anything but 400, and each message names the culprit. */
class TransferShapeTest {
  private static final String ID = "'00000000-0000-4000-8000-000000000000'";
  private static final String ROW = "{'amount':'1','external_id':'a'}";

  private static ScripFixture scrip;

  @BeforeAll
  static void open() {
    scrip = new ScripFixture();
  }

  /** Members of a transfer that is well formed, though nobody in it exists. */
  private static List<String> sound() {
    return List.of(
        "'program_id':" + ID,
        "'asset_id':" + ID,
        "'description':'x'",
        "'source_external_id':'s'",
        "'recipients':[" + ROW + "]");
  }

  private static String with(String member) {
    String name = member.substring(0, member.indexOf(':'));
    List<String> kept = sound().stream().filter(m -> !m.startsWith(name + ":")).toList();
    return object(Stream.concat(kept.stream(), Stream.of(member)).toList());
  }

  private static String without(String name) {
    return object(sound().stream().filter(m -> !m.startsWith("'" + name + "'")).toList());
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }

  static Stream<Arguments> malformed() {
    String longText = "'" + "x".repeat(501) + "'";
    return Stream.of(
        Arguments.of("program_id", without("program_id")),
        Arguments.of("program_id", with("'program_id':null")),
        Arguments.of("program_id", with("'program_id':5")),
        Arguments.of("program_id", with("'program_id':'no uuid'")),
        Arguments.of("program_id", with("'program_id':'1-1-1-1-1'")),
        Arguments.of("asset_id", without("asset_id")),
        Arguments.of("asset_id", with("'asset_id':[]")),
        Arguments.of("description", without("description")),
        Arguments.of("description", with("'description':''")),
        Arguments.of("description", with("'description':7")),
        Arguments.of("description", with("'description':" + longText)),
        Arguments.of("source_external_id", without("source_external_id")),
        Arguments.of("source_external_id", with("'source_external_id':''")),
        Arguments.of("source_external_id", with("'source_external_id':" + longText)),
        Arguments.of("source_external_id", with("'source_external_id':1")),
        Arguments.of("source_participant_id", with("'source_participant_id':" + ID)),
        Arguments.of("source_group_id", with("'source_group_id':" + ID)),
        Arguments.of("recipients", without("recipients")),
        Arguments.of("recipients", with("'recipients':[]")),
        Arguments.of("recipients", with("'recipients':{}")),
        Arguments.of("recipients[0]", with("'recipients':[5]")),
        Arguments.of("recipients", with("'recipients':[" + String.join(",", rows(101)) + "]")),
        Arguments.of("recipients[0].external_id", with("'recipients':[{'amount':'1'}]")),
        Arguments.of(
            "recipients[0].group_id",
            with("'recipients':[{'amount':'1','external_id':'a','group_id':" + ID + "}]")),
        Arguments.of(
            "recipients[0].group_id", with("'recipients':[{'amount':'1','group_id':'g'}]")),
        Arguments.of(
            "recipients[1].amount", with("'recipients':[" + ROW + ",{'external_id':'b'}]")),
        Arguments.of("idempotency_key", with("'idempotency_key':''")),
        Arguments.of("idempotency_key", with("'idempotency_key':5")),
        Arguments.of("idempotency_key", with("'idempotency_key':'" + "k".repeat(256) + "'")));
  }

  private static List<String> rows(int count) {
    return Collections.nCopies(count, ROW);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesAndNamesTheMember(String named, String body) {
    Reply reply = post(body);

    assertThat(fields(reply)).containsExactly(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.0",
        "1e400",
        "0",
        "-1",
        "'-1'",
        "'+1'",
        "'0'",
        "'0.00'",
        "''",
        "' 1'",
        "'1e2'",
        "'NaN'",
        "'.5'",
        "'5.'",
        "'1,0'",
        "true",
        "null",
        "[]",
        "{}",
        "'999999999999999999999999999999999999999'",
        "'0.0000000000000000000000000000000000000001'"
      })
  void refusesAmountsThatAreNoPositiveDecimalStrings(String amount) {
    Reply reply = post(with("'recipients':[{'external_id':'a','amount':" + amount + "}]"));

    assertThat(fields(reply)).containsExactly("recipients[0].amount");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "5",
        "'text'",
        "{",
        "{}}",
        "{'a':1,'a':2}",
        "{'a':01}",
        "{'a':'\\u0000'}",
        "{'a':'\\ud800'}",
        "{'a':NaN}",
        "{'a':1}{'a':1}"
      })
  void refusesWhatIsNoJsonObject(String body) {
    refused(post(body), 400, "bad_request");
  }

  @Test
  void refusesDeepAndHugeJson() {
    refused(post("[".repeat(100_000)), 400, "bad_request");
    refused(post("{'a':".repeat(1_000) + "1" + "}".repeat(1_000)), 400, "bad_request");
    refused(post("{'a':" + "9".repeat(5_000) + "}"), 400, "bad_request");
    refused(post("{'a':'" + "x".repeat(1024 * 1024) + "'}"), 413, "payload_too_large");
  }

  @Test
  void refusesOtherMediaTypesPathsAndMethods() {
    refused(
        scrip.client.with("Content-Type", "text/plain").post("/v1/transfers", "{}"),
        415,
        "unsupported_media_type");
    refused(scrip.client.get("/v1/transfers"), 405, "method_not_allowed");
    refused(scrip.client.get("/v1/transfers/1"), 404, "not_found");
  }

  @Test
  void ignoresUnknownMembersAndTakesNullForAbsent() {
    refused(post(with("'source_group_id':null")), 404, "not_found");
    refused(post(with("'colour':'red'")), 404, "not_found");
  }

  @Test
  void countsCharactersNotBytes() {
    refused(post(with("'description':'" + "😀".repeat(500) + "'")), 404, "not_found");
    refused(post(with("'description':'" + "😀".repeat(501) + "'")), 400, "bad_request");
  }

  private static Reply post(String body) {
    return scrip.client.post("/v1/transfers", body.replace('\'', '"'));
  }
}
