package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reversals: what was redeemed comes back, and never more than that. */
class ReversalsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String holder = scrip.participant(asset, "10");
  private final String redemption = scrip.redeemed(holder, asset, "8");

  @Test
  void givesPartsBackAndAllThatIsLeft() {
    // Given
    JsonNode part = created(scrip.reversePart(redemption, "2.5"));
    assertStatus("PARTIALLY_REVERSED", "2.50");

    // When
    JsonNode rest = created(scrip.reverse(redemption, ""));

    // Then
    assertThat(part.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id", "redemption_id", "amount", "reason", "journal_entry_id", "created_at");
    assertThat(part.get("redemption_id").asText()).isEqualTo(redemption);
    assertThat(part.get("reason").asText()).isEqualTo("Returned");
    assertThat(part.get("amount").asText()).isEqualTo("2.50");
    assertThat(rest.get("amount").asText()).isEqualTo("5.50");
    assertThat(scrip.available(holder, asset)).isEqualTo("10.00");
    assertStatus("FULLY_REVERSED", "8.00");
    assertThat(get().get("updated_at")).isEqualTo(rest.get("created_at"));
  }

  @Test
  void neverGivesBackMoreThanIsLeft() {
    refused(scrip.reversePart(redemption, "8.01"), 422, "reversal_exceeds_redemption");
    assertStatus("COMPLETED", "0.00");
    assertThat(get().get("updated_at")).isEqualTo(get().get("created_at"));
    created(scrip.reversePart(redemption, "5"));
    refused(scrip.reversePart(redemption, "3.01"), 422, "reversal_exceeds_redemption");
    created(scrip.reversePart(redemption, "3"));
    refused(scrip.reversePart(redemption, "0.01"), 422, "reversal_exceeds_redemption");
    refused(scrip.reverse(redemption, ""), 422, "reversal_exceeds_redemption");
    assertThat(scrip.available(holder, asset)).isEqualTo("10.00");
  }

  @Test
  void answersAReplayWithTheFirstBody() {
    // Given
    String key = "'idempotency_key':'" + ScripFixture.unique() + "'";
    Reply first = scrip.reverse(redemption, key);
    created(first);

    // When
    Reply again = scrip.reverse(redemption, key);

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first.text());
    refused(scrip.reverse(redemption, key + ",'amount':'8'"), 409, "idempotency_conflict");
  }

  /** One namespace for all operations of the redemption's programme. */
  @Test
  void sharesKeysWithOtherOperations() {
    String key = ScripFixture.unique();
    created(scrip.reverse(redemption, "'amount':'1','idempotency_key':'" + key + "'"));

    refused(
        scrip.client.post(
            "/v1/participants/" + holder + "/redemptions", scrip.redemption(asset, "1", key)),
        409,
        "idempotency_conflict");
    String other = scrip.redeemed(holder, asset, "1");
    refused(
        scrip.reverse(other, "'amount':'1','idempotency_key':'" + key + "'"),
        409,
        "idempotency_conflict");
  }

  @Test
  void comesFromTheTargetOfThen() {
    // Given
    String shop = scrip.participant();
    toEntity(shop);
    String paid = scrip.redeemed(holder, asset, "2");
    scrip.redeemTo("'redemption_target_type':'SYSTEM_REDEMPTION'");
    ok(scrip.transfer(asset, shop, scrip.participant(), "1.5"));

    // When
    Reply tooMuch = scrip.reverse(paid, "");

    // Then
    refused(tooMuch, 422, "insufficient_balance");
    created(scrip.reversePart(paid, "0.5"));
    assertThat(scrip.available(shop, asset)).isEqualTo("0.00");
    assertThat(scrip.available(holder, asset)).isEqualTo("0.50");
    refused(scrip.reversePart(paid, "1.51"), 422, "reversal_exceeds_redemption");
  }

  /** What is left to reverse is nobody's money, and not in the journal. */
  @Test
  void showsInTheJournalWhatMovedAndNothingElse() {
    // When
    String reversal = created(scrip.reversePart(redemption, "3")).get("journal_entry_id").asText();

    // Then
    JsonNode there = entry(redemption);
    JsonNode back = entry(reversal);
    assertThat(there.get("action_type").asText()).isEqualTo("REDEMPTION");
    assertThat(there.get("description").asText()).isEqualTo("A coffee");
    assertThat(all(there.get("postings"), "amount")).containsExactly("-8.00", "8.00");
    assertThat(all(there.get("postings"), "entity_type"))
        .containsExactly("PARTICIPANT", "SYSTEM_REDEMPTION");
    assertThat(back.get("action_type").asText()).isEqualTo("REVERSAL");
    assertThat(back.get("description").asText()).isEqualTo("Returned");
    assertThat(back.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(all(back.get("postings"), "amount")).containsExactlyInAnyOrder("-3.00", "3.00");
    assertThat(all(back.get("postings"), "entity_type"))
        .containsExactlyInAnyOrder("PARTICIPANT", "SYSTEM_REDEMPTION");
  }

  private JsonNode entry(String id) {
    return ok(scrip.client.get("/v1/journal-entries/" + id));
  }

  @Test
  void comesFromGroupsToo() {
    String club = scrip.group();
    toEntity(club);
    String paid = scrip.redeemed(holder, asset, "2");

    created(scrip.reversePart(paid, "0.5"));

    assertThat(scrip.groupBalance(club, asset)).isEqualTo("1.50");
    scrip.archiveGroup(club);
    refused(scrip.reverse(paid, ""), 409, "group_inactive");
  }

  /** As with transfers, so that funds can be recovered from those who left. */
  @Test
  void comesFromAClosedTargetButNotFromASuspendedOne() {
    String shop = scrip.participant();
    toEntity(shop);
    String paid = scrip.redeemed(holder, asset, "2");

    scrip.participantStatus(shop, "SUSPENDED");
    refused(scrip.reverse(paid, ""), 409, "participant_inactive");
    scrip.participantStatus(shop, "CLOSED");
    created(scrip.reverse(paid, ""));
  }

  @Test
  void refusesWhoOrWhatIsNotActive() {
    for (String status : List.of("SUSPENDED", "CLOSED")) {
      scrip.participantStatus(holder, status);
      refused(scrip.reverse(redemption, ""), 409, "participant_inactive");
    }
    scrip.participantStatus(holder, "ACTIVE");
    scrip.programStatus(scrip.program, "SUSPENDED");
    refused(scrip.reverse(redemption, ""), 409, "program_inactive");
    scrip.programStatus(scrip.program, "ACTIVE");
    patchAsset("'status':'ARCHIVED'");
    refused(scrip.reverse(redemption, ""), 409, "asset_inactive");
  }

  @Test
  void holdsTheCeilingAndTheScale() {
    patchAsset("'max_transaction_amount':'5'");

    refused(scrip.reverse(redemption, ""), 400, "max_transaction_amount_exceeded");
    refused(scrip.reversePart(redemption, "5.01"), 400, "max_transaction_amount_exceeded");
    refused(scrip.reversePart(redemption, "0.001"), 400, "invalid_scale");
    created(scrip.reversePart(redemption, "5"));
    created(scrip.reverse(redemption, ""));
  }

  @Test
  void refusesMalformedRequests() {
    assertThat(fields(scrip.reverse(redemption, "'quantity':1"))).containsExactly("quantity");
    assertThat(fields(scrip.reverse(redemption, "'amount':5"))).containsExactly("amount");
    assertThat(fields(scrip.reverse(redemption, "'amount':'0'"))).containsExactly("amount");
    assertThat(fields(scrip.client.post(path() + "/reverse", "{}"))).containsExactly("reason");
    refused(scrip.reverse(NOBODY, ""), 404, "not_found");
    refused(scrip.reverse("x", ""), 400, "bad_request");
    refused(scrip.client.get("/v1/redemptions/" + NOBODY), 404, "not_found");
    refused(scrip.client.get("/v1/redemptions/" + NOBODY + "/reversals"), 404, "not_found");
  }

  @Test
  void pagesOldestFirstWhileNewOnesCome() {
    // Given
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      made.add(created(scrip.reversePart(redemption, "1")).get("id").asText());
    }
    List<String> shown = new ArrayList<>();
    String cursor = "";

    // When
    for (int page = 0; page < 3; page++) {
      JsonNode answer = ok(scrip.client.get(path() + "/reversals?limit=2" + cursor));
      shown.addAll(all(answer.get("data"), "id"));
      cursor = "&cursor=" + answer.get("pagination").get("next_cursor").asText();
      if (page < 2) {
        made.add(created(scrip.reversePart(redemption, "1")).get("id").asText());
      }
    }

    // Then
    assertThat(shown).isEqualTo(made);
    String other = "/v1/redemptions/" + scrip.redeemed(holder, asset, "1") + "/reversals?limit=2";
    refused(scrip.client.get(other + cursor.replace("null", "x")), 400, "bad_request");
    assertThat(ok(scrip.client.get(other)).get("data")).isEmpty();
  }

  /** All that is left is left to one of them, and the parts do not add up to more. */
  @Test
  void staysWithinTheRedemptionWhenManyReverseAtOnce() throws Exception {
    // Given
    List<String> members = new ArrayList<>();
    IntStream.range(0, 12).forEach(i -> members.add(i % 3 == 0 ? "" : "'amount':'1.25'"));

    // When
    List<Reply> replies = atOnce(members.stream().map(each -> reversing(each)).toList());

    // Then
    List<Reply> done = replies.stream().filter(reply -> reply.status() == 201).toList();
    double sum = done.stream().mapToDouble(reply -> reply.json().get("amount").asDouble()).sum();
    assertThat(sum).isEqualTo(8.0);
    replies.stream()
        .filter(reply -> reply.status() != 201)
        .forEach(reply -> refused(reply, 422, "reversal_exceeds_redemption"));
    assertThat(scrip.available(holder, asset)).isEqualTo("10.00");
    assertStatus("FULLY_REVERSED", "8.00");
    assertThat(ok(scrip.client.get(path() + "/reversals")).get("data")).hasSameSizeAs(done);
  }

  private Callable<Reply> reversing(String members) {
    return () -> scrip.reverse(redemption, members);
  }

  private static List<Reply> atOnce(List<Callable<Reply>> calls)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
      return replies;
    }
  }

  private void toEntity(String id) {
    scrip.redeemTo(
        "'redemption_target_type':'LEDGER_ENTITY','redemption_target_entity_id':'" + id + "'");
  }

  private void patchAsset(String members) {
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{%s}", members)));
  }

  private void assertStatus(String status, String reversed) {
    JsonNode now = get();
    assertThat(now.get("status").asText()).isEqualTo(status);
    assertThat(now.get("reversed_amount").asText()).isEqualTo(reversed);
  }

  private JsonNode get() {
    return ok(scrip.client.get(path()));
  }

  private String path() {
    return "/v1/redemptions/" + redemption;
  }
}
