package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers, accounts, holders and lots, one by one. */
class LookUpTest extends ManagedApis {
  @Test
  void showsAllThatIsKeptOfATransfer() {
    // Given
    String id = apis.redeem("a scarf");

    // When
    JsonNode transfer = get("/transfers/" + id);

    // Then
    assertThat(transfer.path("dialect").textValue()).isEqualTo("scrip");
    assertThat(transfer.path("kind").textValue()).isEqualTo("redemption");
    assertThat(transfer.at("/request/description").textValue()).isEqualTo("A jumper");
    assertThat(transfer.at("/credential/label").textValue()).isEqualTo("demo");
    assertThat(transfer.path("key_digest").isTextual()).isTrue();
    assertThat(transfer.path("parties")).hasSameSizeAs(transfer.path("postings"));
    assertThat(transfer.path("events")).isEmpty();
    assertThat(admin.get(transfer.path("receipt").textValue()).status()).isEqualTo(200);
    assertThat(admin.get(transfer.path("audit").textValue()).status()).isEqualTo(200);
  }

  @Test
  void showsWhatATransferDidToLots() {
    // Given
    String id = apis.retire("of the oldest");
    String found = admin.get("/admin/find?q=" + id).json().at("/found/0/link").textValue();

    // When
    JsonNode transfer = FourApis.ok(admin.get(found));

    // Then
    assertThat(transfer.path("lots")).isNotEmpty();
    JsonNode lot = get("/lots/" + transfer.at("/lots/0/lot_id").textValue());
    assertThat(lot.at("/account/asset/kind").textValue()).isEqualTo("isometric.credit");
    assertThat(lot.path("arrivals")).isNotEmpty();
    assertThat(lot.at("/arrivals/0/kind").textValue()).startsWith("isometric.");
  }

  @Test
  void tellsABalanceNowAndAtEachMoment() {
    // Given
    JsonNode first = get("/transfers/" + apis.transferBetweenLedgers());
    JsonNode second = get("/transfers/" + apis.transferBetweenLedgers());
    String account = "/accounts/" + first.at("/postings/1/account_id").textValue();

    // When
    JsonNode then = get(account + "?at=" + first.path("created_at").textValue());
    JsonNode before = get(account + "?at=2020-01-01T00:00:00Z");

    // Then
    assertThat(then.at("/at/balance")).isEqualTo(first.at("/postings/1/balance"));
    assertThat(then.at("/at/sequence")).isEqualTo(first.at("/postings/1/sequence"));
    assertThat(then.path("balance")).isEqualTo(second.at("/postings/1/balance"));
    assertThat(before.at("/at/sequence").intValue()).isZero();
    assertThat(before.at("/at/balance").textValue()).isEqualTo("0.00");
    assertThat(get(account).path("at").isNull()).isTrue();
  }

  @Test
  void readsAStatementInPages() {
    // Given
    List<String> made = IntStream.range(0, 5).mapToObj(i -> apis.transferBetweenLedgers()).toList();
    String account = get("/transfers/" + made.getLast()).at("/postings/0/account_id").textValue();
    var lines = new ArrayList<JsonNode>();
    JsonNode next;

    // When
    String query = "?limit=2";
    do {
      JsonNode page = get("/accounts/" + account + "/postings" + query);
      page.path("postings").forEach(lines::add);
      next = page.path("next");
      query = "?limit=2&before=" + next;
    } while (!next.isNull());

    // Then
    assertThat(lines)
        .extracting(line -> line.path("transfer_id").textValue())
        .startsWith(made.reversed().toArray(String[]::new))
        .doesNotHaveDuplicates();
    assertThat(lines)
        .extracting(line -> line.path("sequence").intValue())
        .isEqualTo(
            IntStream.rangeClosed(1, lines.size()).map(i -> lines.size() + 1 - i).boxed().toList());
  }

  @Test
  void showsAHolderWithItsAccounts() {
    // Given
    String id = apis.ledgers().at("/0/ledger/id").textValue();

    // When
    JsonNode holder = get("/holders/" + id);

    // Then
    assertThat(holder.path("kind").textValue()).isEqualTo("corebanq.ledger");
    assertThat(holder.path("status").textValue()).isEqualTo("active");
    assertThat(holder.path("accounts")).hasSize(1);
    assertThat(holder.at("/accounts/0/holder/id").textValue()).isEqualTo(id);
  }

  @Test
  void showsNobodyElsesThings() {
    // Given
    TenantId other = gateway.newTenant();
    String transfer = apis.transferBetweenLedgers();
    JsonNode posting = get("/transfers/" + transfer).at("/postings/0");

    // When
    List<Reply> replies =
        List.of(
            admin.get(path(other, "/transfers/" + transfer)),
            admin.get(path(other, "/accounts/" + posting.path("account_id").textValue())),
            admin.get(
                path(other, "/accounts/" + posting.path("account_id").textValue() + "/postings")),
            admin.get(path(other, "/holders/" + posting.at("/holder/id").textValue())));

    // Then
    assertThat(replies).extracting(Reply::status).containsOnly(404);
    assertThat(StreamSupport.stream(replies.spliterator(), false))
        .extracting(reply -> reply.json().path("error").textValue())
        .containsExactly(
            "unknown_transfer", "unknown_account", "unknown_account", "unknown_holder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfers", "accounts", "holders", "lots"})
  void knowsNothingOfOtherIds(String things) {
    for (String id : List.of(UUID.randomUUID().toString(), "1", "%27", "tfr_1")) {
      // When
      Reply reply = admin.get(path(apis.tenant(), "/" + things + "/" + id));

      // Then
      assertThat(reply.status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?at=x",
        "?at=",
        "/postings?limit=0",
        "/postings?limit=1001",
        "/postings?before=0"
      })
  void refusesWhatIsNoQuestion(String query) {
    // Given
    String account =
        get("/transfers/" + apis.transferBetweenLedgers()).at("/postings/0/account_id").textValue();

    // When
    Reply reply = admin.get(path(apis.tenant(), "/accounts/" + account + query));

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  private static JsonNode get(String rest) {
    return FourApis.ok(admin.get(path(apis.tenant(), rest)));
  }

  private static String path(TenantId tenant, String rest) {
    return "/admin/tenants/" + tenant.value() + rest;
  }
}
