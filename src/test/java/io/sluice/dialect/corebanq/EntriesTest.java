package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.entryBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Principal;
import io.sluice.testing.Reply;
import io.sluice.testing.StubCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
  private static Room room;
  private static User user;

  @BeforeAll
  static void open() {
    room = Room.shared();
    user = room.user(room.newTenant());
  }

  private static String path(Object ledger) {
    return "/v1/ledgers/" + ledger + "/entries";
  }

  @ParameterizedTest
  @CsvSource({"credit, 130", "debit, 70"})
  void postsASingleEntry(String type, long balance) {
    // Given
    UUID ledger = user.ledger(100);
    UUID transaction = UUID.randomUUID();

    // When
    Reply reply =
        user.client()
            .post(
                path(ledger),
                entryBody(type, 30, transaction, ",\"description\":\"d\",\"metadata\":{\"a\":1}"));

    // Then
    assertThat(reply.status()).isEqualTo(201);
    JsonNode entry = reply.json();
    assertThat(entry.get("ledger_id").textValue()).isEqualTo(ledger.toString());
    assertThat(entry.get("transaction_id").textValue()).isEqualTo(transaction.toString());
    assertThat(entry.get("type").textValue()).isEqualTo(type);
    assertThat(entry.get("amount").longValue()).isEqualTo(30);
    assertThat(entry.get("balance").longValue()).isEqualTo(balance);
    assertThat(entry.get("description").textValue()).isEqualTo("d");
    assertThat(entry.get("metadata").get("a").longValue()).isEqualTo(1);
    assertThat(entry.get("created_by").textValue()).isEqualTo(user.id().toString());
    assertThat(user.entries(ledger, "").get(0)).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "debit"})
  void answersTheSameRequestWithTheSameBytes(String type) {
    // Given
    UUID ledger = user.ledger(100);
    String body = entryBody(type, 30, UUID.randomUUID(), ",\"metadata\":{\"a\":1}");
    Reply first = user.client().post(path(ledger), body);
    long balance = user.balance(ledger);

    // When
    Reply again = user.client().post(path(ledger), body);

    // Then
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(user.balance(ledger)).isEqualTo(balance);
  }

  @Test
  void refusesAnotherEntryUnderAUsedTransactionId() {
    // Given
    UUID ledger = user.ledger(100);
    UUID used = UUID.randomUUID();
    user.client().post(path(ledger), entryBody("credit", 30, used, ""));

    // When
    Reply reply = user.client().post(path(ledger), entryBody("debit", 30, used, ""));

    // Then
    assertError(reply, 409, "ledger.duplicate_transaction");
    assertThat(user.balance(ledger)).isEqualTo(130);
  }

  @Test
  void refusesATransferUnderTheTransactionIdOfAnEntry() {
    // Given
    UUID ledger = user.ledger(100);
    UUID used = UUID.randomUUID();
    user.client().post(path(ledger), entryBody("debit", 30, used, ""));

    // When
    Reply reply = user.transfer(ledger, user.ledger(0), 30, used, "");

    // Then
    assertError(reply, 409, "ledger.duplicate_transaction");
  }

  @Test
  void refusesADebitPastTheOverdraftLimit() {
    // Given
    UUID ledger = user.ledger(100, ",\"overdraft_enabled\":true,\"overdraft_limit\":50");
    assertError(user.entry(ledger, "debit", 151), 422, "ledger.insufficient_funds");

    // When
    Reply reply = user.entry(ledger, "debit", 150);

    // Then
    assertThat(reply.json().get("balance").longValue()).isEqualTo(-50);
  }

  @Test
  void limitsALedgerButNotTheClearingAccount() {
    // Given
    UUID full = user.ledger(Long.MAX_VALUE);
    UUID other = user.ledger(Long.MAX_VALUE);

    // When
    Reply reply = user.entry(full, "credit", 1);

    // Then
    assertError(reply, 400, "ledger.validation_failed");
    assertThat(user.entry(other, "debit", Long.MAX_VALUE).status()).isEqualTo(201);
  }

  @Test
  void refusesAnUnknownLedger() {
    assertError(user.entry(UUID.randomUUID(), "credit", 1), 404, "ledger.not_found");
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    Reply reply = user.client().post(path("x"), "{\"type\":\"CREDIT\",\"amount\":0}");

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors").findValuesAsText("field"))
        .containsExactly("id", "type", "amount", "transaction_id");
  }

  @Test
  void listsEntriesNewestFirstInPages() {
    // Given
    UUID ledger = user.ledger(0);
    for (int i = 1; i <= 5; i++) {
      user.entry(ledger, "credit", i);
    }

    // When
    List<String> amounts = new ArrayList<>();
    amounts.addAll(user.entries(ledger, "?limit=2").findValuesAsText("amount"));
    amounts.addAll(user.entries(ledger, "?limit=2&offset=2").findValuesAsText("amount"));
    amounts.addAll(user.entries(ledger, "?limit=2&offset=4").findValuesAsText("amount"));

    // Then
    assertThat(amounts).containsExactly("5", "4", "3", "2", "1");
  }

  @Test
  void listsNothingForALedgerWithoutEntries() {
    Reply reply = user.client().get(path(user.ledger(0)));

    assertThat(reply.text()).isEqualTo("{\"entries\":[]}");
  }

  /** Keys are stored: another way to make them would forget what was done before an upgrade. */
  @Test
  void makesItsKeyAsEver() {
    // Given
    UUID ledger = UUID.randomUUID();
    UUID transaction = UUID.randomUUID();
    Caller caller = new Caller(Principal.operator(room.newTenant()), user.id());
    String body = entryBody("debit", 100, transaction, ",\"description\":\"d\"");

    // When
    EntryRequest request =
        EntryRequest.read(caller, StubCall.ofPath(Map.of("id", ledger.toString()), body));

    // Then
    Digest expected = Digest.start().add("corebanq.entry").add(ledger).add("debit").add("100");
    expected.add("d").add("NULL").add("null");
    assertThat(request.key())
        .isEqualTo(IdempotencyKey.of("corebanq", transaction.toString(), expected));
  }

  @Test
  void showsEachEntryByItsIdInItsLedgerOnly() {
    // Given
    UUID ledger = user.ledger(10);
    UUID other = user.ledger(10);
    user.transfer(ledger, other, 3);

    // When
    JsonNode listed = user.entries(ledger, "");

    // Then
    assertThat(listed).hasSize(2);
    for (JsonNode entry : listed) {
      String id = entry.get("id").textValue();
      Reply shown = user.client().get("/v1/ledgers/" + ledger + "/entries/" + id);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.json()).isEqualTo(entry);
      assertError(
          user.client().get("/v1/ledgers/" + other + "/entries/" + id),
          404,
          "ledger.entry_not_found");
    }
    assertError(
        user.client().get("/v1/ledgers/" + ledger + "/entries/" + UUID.randomUUID()),
        404,
        "ledger.entry_not_found");
    assertError(
        user.client().get("/v1/ledgers/" + ledger + "/entries/x"), 400, "ledger.validation_failed");
  }

  @Test
  void reconcilesALedgerWithItsEntries() {
    // Given
    UUID ledger = user.ledger(10);
    user.entry(ledger, "debit", 4);

    // When
    Reply reply = user.client().send("POST", "/v1/ledgers/" + ledger + "/reconcile", new byte[0]);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode json = reply.json();
    assertThat(json.get("ledger_id").textValue()).isEqualTo(ledger.toString());
    assertThat(json.get("balance_current").longValue()).isEqualTo(6);
    assertThat(json.get("computed_balance").longValue()).isEqualTo(6);
    assertThat(json.get("reconciled").booleanValue()).isTrue();
    assertThat(user.balance(ledger)).isEqualTo(6);
    assertError(
        user.client().send("POST", "/v1/ledgers/" + UUID.randomUUID() + "/reconcile", new byte[0]),
        404,
        "ledger.not_found");
  }
}
