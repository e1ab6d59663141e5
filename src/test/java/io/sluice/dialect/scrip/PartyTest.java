package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.Members;
import io.sluice.testing.StubCall;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

  @Test
  void isTheSameUnderOneNameWhereverItStands() {
    Party source = read("{'source_participant_id':'" + ID + "'}", Party::source);

    String upper = ID.toString().toUpperCase(Locale.ROOT);
    assertThat(source).isEqualTo(new Party(Party.Kind.PARTICIPANT_ID, ID.toString()));
    assertThat(source.uuid()).contains(ID);
    assertThat(recipient("{'participant_id':'" + upper + "'}")).isEqualTo(source);
    assertThat(recipient("{'external_id':'" + ID + "'}")).isNotEqualTo(source);
    assertThat(recipient("{'group_id':'" + ID + "'}")).isNotEqualTo(source);
  }

  @Test
  void hasNoUuidUnderAnExternalId() {
    assertThat(recipient("{'external_id':'" + ID + "'}").uuid()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{} | external_id | required | give one of external_id, participant_id, group_id",
        "{'external_id':'x','group_id':''} | group_id | invalid | group_id is one too many: give"
            + " one of external_id, participant_id, group_id",
        "{'group_id':'x'} | group_id | invalid | group_id must be a UUID",
        "{'external_id':''} | external_id | invalid | external_id must be a string of 1 to 255"
            + " characters"
      })
  void wantsOneName(String body, String field, String reason, String message) {
    assertThatThrownBy(() -> recipient(body))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              JsonNode details = Json.parse(refusal.answer().body()).get("details");
              assertThat(details.get("field").textValue()).isEqualTo(field);
              assertThat(details.get("reason").textValue()).isEqualTo(reason);
              assertThat(details.get("fields")).hasSize(1);
              assertThat(details.get("fields").get(0).get("message").textValue())
                  .isEqualTo(message);
            });
  }

  private static Party recipient(String json) {
    return read(json, Party::recipient);
  }

  private static Party read(String json, BiFunction<Reader, Members, Party> reading) {
    return Reader.read(
        StubCall.ofBody(json.replace('\'', '"')), reader -> reading.apply(reader, reader.body()));
  }
}
