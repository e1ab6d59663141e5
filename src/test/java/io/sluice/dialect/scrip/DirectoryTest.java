package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered between requests must never make an answer wrong. */
class DirectoryTest {
  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String source = scrip.participant(asset, "10");

  @Test
  void seesAParticipantThatWasUnknownAMomentAgo() {
    String external = unique();
    refused(toExternal(external), 404, "not_found");

    String id = scrip.participant(external);

    ok(toExternal(external));
    assertThat(scrip.available(id, asset)).isEqualTo("1.00");
  }

  @Test
  void seesEveryChangeOfStatusAtOnce() {
    String recipient = scrip.participant();
    for (int i = 0; i < 3; i++) {
      ok(scrip.transfer(asset, source, recipient, "1"));
      scrip.participantStatus(recipient, "SUSPENDED");
      refused(scrip.transfer(asset, source, recipient, "1"), 409, "participant_inactive");
      scrip.participantStatus(recipient, "ACTIVE");
      scrip.programStatus(scrip.program, "SUSPENDED");
      refused(scrip.transfer(asset, source, recipient, "1"), 409, "program_inactive");
      scrip.programStatus(scrip.program, "ACTIVE");
    }
    assertThat(scrip.available(recipient, asset)).isEqualTo("3.00");
  }

  @Test
  void seesThroughTheStatusThatAnUpsertSets() {
    String external = unique();
    scrip.participant(external);
    ok(toExternal(external));

    ok(
        scrip.client.post(
            "/v1/participants", json("{'external_id':'%s','status':'CLOSED'}", external)));

    refused(toExternal(external), 409, "participant_inactive");
  }

  @Test
  void keepsEqualNamesOfTwoOrganisationsApart() {
    String external = unique();
    String ours = scrip.participant(external);
    ScripFixture other = new ScripFixture();
    String theirs = other.participant(external);
    String otherAsset = other.asset();
    String otherSource = other.participant(otherAsset, "10");

    ok(toExternal(external));
    ok(
        other.client.post(
            "/v1/transfers",
            other.body(
                otherAsset,
                "'source_participant_id':'" + otherSource + "'",
                List.of(row("external_id", external, "2")),
                "")));

    assertThat(scrip.available(ours, asset)).isEqualTo("1.00");
    assertThat(other.available(theirs, otherAsset)).isEqualTo("2.00");
  }

  private Reply toExternal(String external) {
    return scrip.client.post(
        "/v1/transfers",
        scrip.body(
            asset,
            "'source_participant_id':'" + source + "'",
            List.of(row("external_id", external, "1")),
            ""));
  }
}
