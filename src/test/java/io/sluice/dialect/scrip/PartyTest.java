package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Members;
import io.sluice.testing.StubCall;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

  @Test
  void isTheSameUnderOneNameWhereverItStands() {
    Party source = Party.source(body("{'source_participant_id':'" + ID + "'}"));

    String upper = ID.toString().toUpperCase(Locale.ROOT);
    assertThat(source).isEqualTo(new Party(Party.Kind.PARTICIPANT_ID, ID.toString()));
    assertThat(source.uuid()).contains(ID);
    assertThat(Party.recipient(body("{'participant_id':'" + upper + "'}"))).isEqualTo(source);
    assertThat(Party.recipient(body("{'external_id':'" + ID + "'}"))).isNotEqualTo(source);
    assertThat(Party.recipient(body("{'group_id':'" + ID + "'}"))).isNotEqualTo(source);
  }

  @Test
  void hasNoUuidUnderAnExternalId() {
    assertThat(Party.recipient(body("{'external_id':'" + ID + "'}")).uuid()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'rows':[{}]} | give one of rows[0].external_id, rows[0].participant_id, rows[0].group_id",
        "{'rows':[{'external_id':'x','group_id':''}]} | give only one of rows[0].external_id,"
            + " rows[0].participant_id, rows[0].group_id",
        "{'rows':[{'group_id':'x'}]} | rows[0].group_id must be a string with a UUID",
        "{'rows':[{'external_id':''}]} | rows[0].external_id must have 1 to 255 characters, not 0"
      })
  void wantsOneName(String body, String message) {
    Members row = body(body).objects("rows", 1, 1).getFirst();

    assertThatThrownBy(() -> Party.recipient(row))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                assertThat(refusal.answer().body().toJsonObject().getString("message"))
                    .isEqualTo(message));
  }

  private static Members body(String json) {
    return Reader.body(StubCall.ofBody(json.replace('\'', '"')));
  }
}
