package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every refusal of a well-formed transfer, and which of several goes first. */
class TransferRefusalTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String sourceName = unique();
  private final String source = scrip.participant(sourceName);
  private final String recipient = scrip.participant();

  @Test
  void refusesATransferToOneself() {
    scrip.credit(source, asset, "10");

    refused(scrip.transfer(asset, source, source, "1"), 400, "self_transfer");
  }

  @Test
  void refusesATransferToOneselfUnderAnotherName() {
    scrip.credit(source, asset, "10");
    String byId = "'source_participant_id':'" + source + "'";
    String byName = "'source_external_id':'" + sourceName + "'";

    refused(post(byId, row("external_id", sourceName, "1")), 400, "self_transfer");
    refused(post(byName, row("participant_id", source, "1")), 400, "self_transfer");
    refused(
        post(byId, row("participant_id", source.toUpperCase(Locale.ROOT), "1")),
        400,
        "self_transfer");
  }

  @Test
  void refusesAGroupPayingItself() {
    String group = scrip.group();
    String payer = "'source_group_id':'" + group + "'";

    refused(post(payer, row("group_id", group, "1")), 400, "self_transfer");
  }

  @Test
  void refusesMoreDecimalsThanTheScale() {
    scrip.credit(source, asset, "10");

    refused(scrip.transfer(asset, source, recipient, "1.001"), 400, "invalid_scale");
    ok(scrip.transfer(asset, source, recipient, "1.010"));
  }

  @Test
  void refusesWhatIsAboveTheCeilingByRowOrInTotal() {
    // Given
    String capped = scrip.asset("SIMPLE", "UNLIMITED", 2, "10.00");
    scrip.credit(source, capped, "10");
    scrip.credit(source, capped, "10");
    String other = scrip.participant();

    // Then
    String code = "max_transaction_amount_exceeded";
    refused(scrip.transfer(capped, source, recipient, "10.01"), 400, code);
    refused(
        scrip.client.post(
            "/v1/transfers",
            scrip.body(
                capped,
                "'source_participant_id':'" + source + "'",
                List.of(
                    row("participant_id", recipient, "5.01"), row("participant_id", other, "5")),
                "")),
        400,
        code);
    ok(scrip.transfer(capped, source, recipient, "10.00"));
  }

  @Test
  void refusesASumOfMoreThanThirtyEightDigits() {
    String nines = "9".repeat(36);
    var rows =
        List.of(row("participant_id", recipient, nines), row("group_id", scrip.group(), "1"));

    var reply =
        scrip.client.post(
            "/v1/transfers",
            scrip.body(asset, "'source_participant_id':'" + source + "'", rows, ""));

    refused(reply, 400, "bad_request");
    refused(scrip.transfer(asset, source, recipient, "9".repeat(37)), 400, "bad_request");
  }

  @Test
  void refusesWhatTheSourceDoesNotHave() {
    scrip.credit(source, asset, "10");

    var reply = scrip.transfer(asset, source, recipient, "10.01");

    refused(reply, 422, "insufficient_balance");
    assertThat(reply.json().get("message").asText()).contains("10.00").contains("10.01");
    ok(scrip.transfer(asset, source, recipient, "10"));
    refused(scrip.transfer(asset, source, recipient, "0.01"), 422, "insufficient_balance");
  }

  @Test
  void refusesWhoIsUnknown() {
    String byId = "'source_participant_id':'" + source + "'";

    refused(post(byId, row("participant_id", NOBODY, "1")), 404, "not_found");
    refused(post(byId, row("external_id", "nobody", "1")), 404, "not_found");
    refused(post(byId, row("group_id", recipient, "1")), 404, "not_found");
    refused(post("'source_external_id':'nobody'", toRecipient()), 404, "not_found");
    refused(post("'source_participant_id':'" + NOBODY + "'", toRecipient()), 404, "not_found");
    refused(post("'source_group_id':'" + source + "'", toRecipient()), 404, "not_found");
    refused(
        post("'source_participant_id':'" + scrip.group() + "'", toRecipient()), 404, "not_found");
  }

  @Test
  void refusesAnUnknownProgramOrAsset() {
    refused(raw(NOBODY, asset, "1"), 404, "not_found");
    refused(raw(asset, asset, "1"), 404, "not_found");
    refused(raw(scrip.program, NOBODY, "1"), 404, "not_found");
  }

  @Test
  void refusesAnAssetThatIsNotLinkedUntilItIs() {
    String other = scrip.program();
    scrip.credit(source, asset, "1");
    refused(raw(other, asset, "1"), 400, "asset_not_linked");

    ok(scrip.link(other, asset));

    ok(raw(other, asset, "1"));
  }

  @Test
  void refusesAProgramThatIsNotActive() {
    scrip.credit(source, asset, "10");
    for (String status : List.of("SUSPENDED", "ARCHIVED")) {
      scrip.programStatus(scrip.program, status);
      refused(scrip.transfer(asset, source, recipient, "1"), 409, "program_inactive");
    }
    scrip.programStatus(scrip.program, "ACTIVE");
    ok(scrip.transfer(asset, source, recipient, "1"));
  }

  @Test
  void refusesAnAssetThatIsArchived() {
    scrip.credit(source, asset, "10");
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));

    refused(scrip.transfer(asset, source, recipient, "1"), 409, "asset_inactive");
  }

  @Test
  void holdsEveryTransferToTheCeilingThatThereIsByThen() {
    // Given
    scrip.credit(source, asset, "100");
    ok(scrip.transfer(asset, source, recipient, "10"));

    // When
    patchAsset("{'max_transaction_amount':'9.99'}");

    // Then
    String code = "max_transaction_amount_exceeded";
    refused(scrip.transfer(asset, source, recipient, "10"), 400, code);
    refused(scrip.adjust("participants", source, asset, "CREDIT", "10", ""), 400, code);
    ok(scrip.transfer(asset, source, recipient, "9.99"));
    patchAsset("{'max_transaction_amount':null}");
    ok(scrip.transfer(asset, source, recipient, "10"));
  }

  private void patchAsset(String body) {
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json(body)));
  }

  @Test
  void refusesRecipientsThatAreNotActive() {
    scrip.credit(source, asset, "10");
    for (String status : List.of("SUSPENDED", "CLOSED")) {
      scrip.participantStatus(recipient, status);
      refused(scrip.transfer(asset, source, recipient, "1"), 409, "participant_inactive");
    }
  }

  @Test
  void refusesArchivedGroupsOnBothSides() {
    String group = scrip.group();
    ok(scrip.adjust("groups", group, asset, "CREDIT", "5", ""));
    scrip.credit(source, asset, "5");
    scrip.archiveGroup(group);

    refused(post("'source_group_id':'" + group + "'", toRecipient()), 409, "group_inactive");
    refused(
        post("'source_participant_id':'" + source + "'", row("group_id", group, "1")),
        409,
        "group_inactive");
  }

  /** One thing after another is put right, and each time the next complaint is heard. */
  @Test
  void looksAtThingsInTheDocumentedOrder() {
    // Given
    String program = scrip.program();
    scrip.participantStatus(source, "SUSPENDED");
    scrip.participantStatus(recipient, "SUSPENDED");
    scrip.programStatus(program, "SUSPENDED");

    // Then
    refused(
        scrip.client.without("X-API-Key").post("/v1/transfers", "not json"), 401, "unauthorized");
    refused(scrip.client.post("/v1/transfers", "not json"), 400, "bad_request");
    refused(raw(program, NOBODY, "0.001"), 409, "program_inactive");
    scrip.programStatus(program, "ACTIVE");
    refused(raw(program, NOBODY, "0.001"), 404, "not_found");
    refused(raw(program, asset, "0.001"), 400, "asset_not_linked");
    ok(scrip.link(program, asset));
    ScripFixture.refused(raw(program, asset, "0.001"), 409, "participant_inactive");
    assertThat(raw(program, asset, "0.001").text()).contains("source_participant_id");
    scrip.participantStatus(source, "ACTIVE");
    assertThat(raw(program, asset, "0.001").text()).contains("recipients[0].participant_id");
    scrip.participantStatus(recipient, "ACTIVE");
    refused(raw(program, asset, "0.001"), 400, "invalid_scale");
    refused(raw(program, asset, "0.01"), 422, "insufficient_balance");
    scrip.credit(source, asset, "1");
    ok(raw(program, asset, "0.01"));
  }

  @Test
  void judgesRecipientsInTheirOrder() {
    scrip.participantStatus(recipient, "CLOSED");
    String payer = "'source_participant_id':'" + source + "'";
    String closed = row("participant_id", recipient, "1");
    String unknown = row("external_id", "nobody", "1");

    refused(post(payer, closed + "," + unknown), 409, "participant_inactive");
    refused(post(payer, unknown + "," + closed), 404, "not_found");
    refused(
        post(payer, closed + "," + row("participant_id", source, "1")),
        409,
        "participant_inactive");
  }

  private String toRecipient() {
    return row("participant_id", recipient, "1");
  }

  private Reply post(String payer, String rows) {
    return scrip.client.post("/v1/transfers", scrip.body(asset, payer, List.of(rows), ""));
  }

  private Reply raw(String program, String assetId, String amount) {
    return scrip.client.post(
        "/v1/transfers",
        json(
            "{'program_id':'%s','asset_id':'%s','description':'x','source_participant_id':'%s',"
                + "'recipients':[{'participant_id':'%s','amount':'%s'}]}",
            program, assetId, source, recipient, amount));
  }
}
