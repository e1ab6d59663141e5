package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers that an operator takes back, in each dialect. */
class ReversalTest extends ManagedApis {
  private static final String REASON = "Paid twice";

  @Test
  void givesBackWhatALedgerPaid() {
    // Given
    JsonNode before = apis.ledgers();
    UUID transaction = UUID.randomUUID();
    String id = apis.transferBetweenLedgers(transaction).path("transfer_id").textValue();

    // When
    Reply reply = reverse(id);

    // Then
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("reverses").textValue()).isEqualTo(id);
    assertThat(apis.ledgers().findValuesAsText("balance_current"))
        .isEqualTo(before.findValuesAsText("balance_current"));
    String reversal = reply.json().path("id").textValue();
    JsonNode entry = entries("?transaction_id=" + reversal).path("entries").get(0);
    assertThat(entry.path("type").textValue()).isEqualTo("credit");
    assertThat(entry.path("amount").intValue()).isEqualTo(1250);
    assertThat(entry.path("description").textValue()).isEqualTo("Reversal: " + REASON);
    assertThat(entry.at("/metadata/reverses_transaction_id").textValue())
        .isEqualTo(transaction.toString());
  }

  @Test
  void linksBothEntries() {
    // Given
    String id = apis.transferBetweenLedgers();

    // When
    JsonNode reversal = FourApis.ok(admin.get(link(reverse(id))));

    // Then
    assertThat(reversal.path("reverses").textValue()).isEqualTo(id);
    assertThat(reversal.path("reversed_by").isNull()).isTrue();
    assertThat(reversal.path("credential").isNull()).isTrue();
    JsonNode reversed = FourApis.ok(admin.get(page(id)));
    assertThat(reversed.path("reversed_by")).isEqualTo(reversal.path("id"));
    assertThat(reversed.path("reverses").isNull()).isTrue();
  }

  @Test
  void reversesOnce() {
    // Given
    String id = apis.transferBetweenLedgers();
    JsonNode first = reverse(id).json();
    JsonNode balances = apis.ledgers();

    // When
    Reply again = admin.post(page(id) + "/reverse", "{\"reason\":\"Another reason\"}");

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first);
    assertThat(apis.ledgers()).isEqualTo(balances);
  }

  @Test
  void reversesOnceHoweverManyAskAtOnce() {
    // Given
    String id = apis.transferBetweenLedgers();

    // When
    List<Reply> replies = IntStream.range(0, 8).parallel().mapToObj(i -> reverse(id)).toList();

    // Then
    assertThat(replies).extracting(reply -> reply.json().path("id")).containsOnly(id(replies));
    assertThat(replies).extracting(Reply::status).containsOnlyOnce(201);
  }

  private static JsonNode id(List<Reply> replies) {
    return replies.getFirst().json().path("id");
  }

  @Test
  void doesNotReverseAReversal() {
    // Given
    String reversal = reverse(apis.transferBetweenLedgers()).json().path("id").textValue();
    String booked = reverse(transferBooks()).json().path("id").textValue();

    for (String id : List.of(reversal, booked)) {
      // When
      Reply reply = reverse(id);

      // Then
      assertRefused(reply, "not_reversible", "repeat");
    }
  }

  @Test
  void refusesWhereWhatCameIsGone() {
    // Given
    JsonNode ledgers = apis.ledgers();
    String id = apis.transferBetweenLedgers();
    String second = ledgers.at("/1/ledger/id").textValue();
    long all =
        FourApis.ok(apis.corebanq().get("/v1/ledgers/" + second + "/balance"))
            .path("balance_current")
            .longValue();
    FourApis.ok(move(second, ledgers.at("/0/ledger/id").textValue(), all));

    // When
    Reply reply = reverse(id);

    // Then
    assertRefused(reply, "value_gone", "has 0.00 of the 12.50");
    FourApis.ok(move(ledgers.at("/0/ledger/id").textValue(), second, all));
    assertThat(reverse(id).status()).isEqualTo(201);
  }

  private static Reply move(String from, String to, long amount) {
    return apis.corebanq()
        .post(
            "/v1/ledgers/" + from + "/transfer",
            """
            {"destination_ledger_id":"%s","amount":%d,"transaction_id":"%s"}\
            """
                .formatted(to, amount, UUID.randomUUID()));
  }

  @Test
  void takesABookTransferBackByABookTransfer() {
    // Given
    String id = transferBooks();

    // When
    String reversal = reverse(id).json().path("id").textValue();

    // Then
    JsonNode shown = FourApis.ok(apis.orum().get("/deliver/booktransfers/" + reversal));
    JsonNode transfer = shown.path("book_transfer");
    assertThat(transfer.at("/source/subledger_reference_id").textValue()).isEqualTo("demo-payouts");
    assertThat(transfer.at("/destination/subledger_reference_id").textValue())
        .isEqualTo("demo-operations");
    assertThat(transfer.at("/metadata/reverses").textValue()).isEqualTo(id);
    assertThat(transfer.at("/metadata/reason").textValue()).isEqualTo(REASON);
    JsonNode listed =
        FourApis.ok(
            apis.orum().get("/deliver/booktransfers?book_transfer_reference_id=reversal-" + id));
    assertThat(listed.at("/book_transfers/0")).isEqualTo(transfer);
  }

  @Test
  void listsATransferThatAClientNamedLikeAReversalBesideIt() {
    // Given
    String id = transferBooks();
    String reversal = reverse(id).json().path("id").textValue();
    String alike = apis.transferBooks("reversal-" + id);
    String ofNothing = "reversal-" + UUID.randomUUID();
    String alone = apis.transferBooks(ofNothing);

    // When
    JsonNode both = named("reversal-" + id);
    JsonNode one = named(ofNothing);

    // Then
    assertThat(both.findValuesAsText("id").stream().filter(Set.of(alike, reversal)::contains))
        .containsExactly(alike, reversal);
    assertThat(one).hasSize(1);
    assertThat(one.at("/0/id").textValue()).isEqualTo(alone);
  }

  @Test
  void listsOnlyReversalsOfBookTransfersAsBookTransfers() {
    // Given
    String ledgers = apis.transferBetweenLedgers();
    String funding = fund("wire-10");
    assertThat(List.of(reverse(ledgers).status(), reverse(funding).status())).containsOnly(201);

    for (String id : List.of(ledgers, funding)) {
      // When
      JsonNode listed = named("reversal-" + id);

      // Then
      assertThat(listed).isEmpty();
    }
  }

  private static JsonNode named(String reference) {
    String path = "/deliver/booktransfers?book_transfer_reference_id=" + reference;
    return FourApis.ok(apis.orum().get(path)).path("book_transfers");
  }

  private static String fund(String reference) {
    return admin
        .post(
            "/admin/tenants/" + tenant.value() + "/orum/enterprise/funding",
            "{\"reference\":\"%s\",\"amount\":700,\"currency\":\"USD\"}".formatted(reference))
        .json()
        .at("/funding/id")
        .textValue();
  }

  @Test
  void takesAFundingBack() {
    // Given
    String funded = fund("wire-9");
    int total = total();

    // When
    Reply reply = reverse(funded);

    // Then
    assertThat(reply.status()).isEqualTo(201);
    assertThat(total()).isEqualTo(total - 700);
    assertThat(
            FourApis.ok(
                    admin.get(
                        "/admin/tenants/" + tenant.value() + "/orum/enterprise/funding?size=2"))
                .findValuesAsText("amount"))
        .containsExactly("-700", "700");
    assertRefused(reverse(reply.json().path("id").textValue()), "not_reversible", "repeat");
  }

  private static int total() {
    return FourApis.ok(apis.orum().get("/deliver/balance"))
        .at("/total_balance/available")
        .intValue();
  }

  @Test
  void doesNotReverseWhatHasNotMoved() {
    // Given
    String refused =
        apis.orum()
            .post(
                "/deliver/booktransfers",
                """
                {"book_transfer_reference_id":"%s","amount":9223372036854775807,"currency":"USD",
                 "source":{"subledger_reference_id":"demo-operations"}}\
                """
                    .formatted(UUID.randomUUID()))
            .json()
            .at("/book_transfer/id")
            .textValue();

    // When
    Reply reply = reverse(refused);

    // Then
    assertRefused(reply, "not_reversible", "nothing has moved");
  }

  @Test
  void leavesReversalsOfRedemptionsToTheClient() {
    // When
    Reply reply = reverse(apis.redeem("a hat"));

    // Then
    assertRefused(reply, "not_reversible", "/v1/redemptions/{id}/reverse");
  }

  @Test
  void neverMovesRetiredKilograms() {
    // Given
    String retirement = apis.retire("to stay retired");
    String link = admin.get("/admin/find?q=" + retirement).json().at("/found/0/link").textValue();

    // When
    Reply reply = admin.post(link + "/reverse", "{\"reason\":\"r\"}");

    // Then
    assertRefused(reply, "not_reversible", "Retired kilograms never move again.");
  }

  @Test
  void writesDownWhoDidItAndWhy() {
    // Given
    String id = apis.transferBetweenLedgers();
    JsonNode made =
        FourApis.ok(
            admin.post("/admin/administrators", "{\"name\":\"Rosa\",\"role\":\"operator\"}"));
    TestClient rosa =
        management.anybody().with("Authorization", "Bearer " + made.path("token").textValue());

    // When
    JsonNode reversal = FourApis.ok(rosa.post(page(id) + "/reverse", reason()));

    // Then
    JsonNode begun = audit(id);
    JsonNode ended = audit(reversal.path("id").textValue());
    for (JsonNode record : List.of(begun, ended)) {
      assertThat(record.path("event.action").textValue()).isEqualTo("reverseTransfer");
      assertThat(record.path("user.name").textValue()).isEqualTo("Rosa");
    }
    assertThat(ended.path("sluice.reason").textValue()).isEqualTo(REASON);
    assertThat(begun.path("http.request.id")).isEqualTo(ended.path("http.request.id"));
  }

  private static JsonNode audit(String transfer) {
    String path = "/admin/tenants/" + tenant.value() + "/audit?transfer=" + transfer;
    return FourApis.ok(admin.get(path)).at("/records/0");
  }

  @Test
  void letsNoReaderReverse() {
    // Given
    String id = apis.transferBetweenLedgers();
    JsonNode made =
        FourApis.ok(admin.post("/admin/administrators", "{\"name\":\"Rob\",\"role\":\"reader\"}"));

    // When
    Reply reply =
        management
            .anybody()
            .with("Authorization", "Bearer " + made.path("token").textValue())
            .post(page(id) + "/reverse", reason());

    // Then
    assertThat(reply.status()).isEqualTo(403);
    assertThat(FourApis.ok(admin.get(page(id))).path("reversed_by").isNull()).isTrue();
  }

  @Test
  void knowsNobodyElsesTransfers() {
    // Given
    TenantId other = gateway.newTenant();
    String id = apis.transferBetweenLedgers();

    // When
    Reply reply =
        admin.post("/admin/tenants/" + other.value() + "/transfers/" + id + "/reverse", reason());

    // Then
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").textValue()).isEqualTo("unknown_transfer");
  }

  @Test
  void knowsNothingOfOtherIds() {
    for (String id : List.of(UUID.randomUUID().toString(), "tfr_1", "%27")) {
      // When
      Reply reply = reverse(id);

      // Then
      assertThat(reply.status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"reason\":\"\"}",
        "{\"reason\":1}",
        "{\"reason\":\"r\",\"amount\":\"1\"}"
      })
  void refusesWhatGivesNoReason(String body) {
    // When
    Reply reply = admin.post(page(apis.transferBetweenLedgers()) + "/reverse", body);

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  private static String transferBooks() {
    return apis.transferBooks(UUID.randomUUID().toString());
  }

  private static JsonNode entries(String query) {
    String ledger = apis.ledgers().at("/0/ledger/id").textValue();
    return FourApis.ok(apis.corebanq().get("/v1/ledgers/" + ledger + "/entries" + query));
  }

  private static Reply reverse(String id) {
    return admin.post(page(id) + "/reverse", reason());
  }

  private static String reason() {
    return "{\"reason\":\"" + REASON + "\"}";
  }

  private static String page(String id) {
    return "/admin/tenants/" + tenant.value() + "/transfers/" + id;
  }

  private static String link(Reply reply) {
    return reply.json().path("link").textValue();
  }

  private static void assertRefused(Reply reply, String code, String words) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
    assertThat(reply.json().path("error").textValue()).isEqualTo(code);
    assertThat(reply.json().path("message").textValue()).contains(words);
  }
}
