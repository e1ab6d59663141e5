package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String sourceName = unique();
  private final String source = scrip.participant(sourceName);
  private final String recipientName = unique();
  private final String recipient = scrip.participant(recipientName);

  IdempotencyTest() {
    scrip.credit(source, asset, "100");
  }

  @Test
  void answersTheSameWishWithTheSameBytesAndMovesOnce() {
    // Given
    Reply first = scrip.keyed("k", asset, source, recipient, "50");
    ok(first);

    // When
    Reply second = scrip.keyed("k", asset, source, recipient, "50");

    // Then
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(scrip.available(source, asset)).isEqualTo("50.00");
  }

  @Test
  void seesThroughSpellingOrderAndNames() {
    // Given
    Reply first = scrip.keyed("k", asset, source, recipient, "50");

    // When
    Reply second =
        scrip.client.post(
            "/v1/transfers",
            json(
                "{ 'recipients':[{'amount':'050.00', 'external_id':'%s'}],"
                    + "'idempotency_key':'k', 'description':'test','source_external_id':'%s',"
                    + "'asset_id':'%s','program_id':'%s','unknown':1 }",
                recipientName, sourceName, asset, scrip.program));

    // Then
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void refusesAnotherWishUnderTheSameKey() {
    ok(scrip.keyed("k", asset, source, recipient, "1"));
    String other = scrip.participant();
    String otherAsset = scrip.asset();
    String code = "idempotency_conflict";

    refused(scrip.keyed("k", asset, source, recipient, "2"), 409, code);
    refused(scrip.keyed("k", asset, source, other, "1"), 409, code);
    refused(scrip.keyed("k", otherAsset, source, recipient, "1"), 409, code);
    refused(scrip.keyed("k", asset, other, recipient, "1"), 409, code);
    String payer = "'source_participant_id':'" + source + "'";
    String key = ",'idempotency_key':'k'";
    String row = row("participant_id", recipient, "0.5");
    refused(post(scrip.body(asset, payer, List.of(row, row), key)), 409, code);
    String described =
        scrip.body(asset, source, recipient, "1", key).replace("\"test\"", "\"other\"");
    refused(post(described), 409, code);
    assertThat(scrip.available(source, asset)).isEqualTo("99.00");
  }

  @Test
  void mindsTheOrderOfRecipients() {
    String other = scrip.participant();
    String payer = "'source_participant_id':'" + source + "'";
    String first = row("participant_id", recipient, "1");
    String second = row("participant_id", other, "2");
    String key = ",'idempotency_key':'k'";

    ok(post(scrip.body(asset, payer, List.of(first, second), key)));

    refused(
        post(scrip.body(asset, payer, List.of(second, first), key)), 409, "idempotency_conflict");
  }

  @Test
  void answersAReplayWhateverHasHappenedSince() {
    // Given
    Reply first = scrip.keyed("k", asset, source, recipient, "100");
    scrip.participantStatus(source, "SUSPENDED");
    scrip.participantStatus(recipient, "CLOSED");
    scrip.programStatus(scrip.program, "ARCHIVED");

    // When
    Reply second = scrip.keyed("k", asset, source, recipient, "100.0");

    // Then
    assertThat(second.text()).isEqualTo(first.text());
    refused(scrip.keyed("k", asset, source, recipient, "1"), 409, "idempotency_conflict");
    refused(scrip.keyed("k", asset, source, "nobody", "1"), 400, "bad_request");
  }

  @Test
  void prefersAConflictToWhatIsUnknownOrTooFine() {
    ok(scrip.keyed("k", asset, source, recipient, "1"));

    refused(scrip.keyed("k", asset, source, recipient, "0.0001"), 409, "idempotency_conflict");
    refused(scrip.keyed("k", scrip.program, source, recipient, "1"), 409, "idempotency_conflict");
    refused(scrip.keyed("k", asset, source, source, "1"), 409, "idempotency_conflict");
  }

  @Test
  void doesNotBurnTheKeyOfACallThatFailed() {
    refused(scrip.keyed("k", asset, source, recipient, "101"), 422, "insufficient_balance");
    refused(scrip.keyed("k", asset, source, recipient, "1.001"), 400, "invalid_scale");

    ok(scrip.keyed("k", asset, source, recipient, "1"));
  }

  @Test
  void keepsProgramsApart() {
    String other = scrip.program();
    ok(scrip.link(other, asset));
    Reply first = scrip.keyed("k", asset, source, recipient, "1");

    Reply second =
        post(
            scrip
                .body(asset, source, recipient, "2", ",'idempotency_key':'k'")
                .replace(scrip.program, other));

    assertThat(ok(second).get("journal_entry_id")).isNotEqualTo(ok(first).get("journal_entry_id"));
  }

  @Test
  void keepsOrganisationsApart() {
    ok(scrip.keyed("k", asset, source, recipient, "1"));
    ScripFixture other = new ScripFixture();
    String otherAsset = other.asset();
    String otherSource = other.participant(otherAsset, "1");

    ok(other.keyed("k", otherAsset, otherSource, other.participant(), "1"));
  }

  @Test
  void movesAgainWithoutAKey() {
    ok(scrip.transfer(asset, source, recipient, "1"));
    ok(scrip.transfer(asset, source, recipient, "1"));

    assertThat(scrip.available(recipient, asset)).isEqualTo("2.00");
  }

  @Test
  void takesKeysOfUpTo255Characters() {
    ok(scrip.keyed("😀".repeat(255), asset, source, recipient, "1"));
    refused(scrip.keyed("k".repeat(256), asset, source, recipient, "1"), 400, "bad_request");
  }

  @Test
  void movesOnceWhenEqualRequestsComeAtOnce() {
    // Given
    String body = scrip.body(asset, source, recipient, "1", ",'idempotency_key':'k'");

    // When
    List<Reply> replies =
        IntStream.range(0, 16)
            .mapToObj(i -> scrip.client.sendAsync("POST", "/v1/transfers", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    assertThat(replies).allSatisfy(reply -> ok(reply));
    assertThat(replies).extracting(Reply::text).containsOnly(replies.getFirst().text());
    assertThat(scrip.available(source, asset)).isEqualTo("99.00");
  }

  private Reply post(String body) {
    return scrip.client.post("/v1/transfers", body);
  }
}
