package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.EUR;
import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.ledgerBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgersTest {
  private static Room room;
  private static TenantId tenant;
  private static User user;

  @BeforeAll
  static void open() {
    room = Room.shared();
    tenant = room.newTenant();
    user = room.user(tenant);
  }

  private static String code() {
    return "code " + UUID.randomUUID();
  }

  private static JsonNode get(Object id) {
    return user.client().get("/v1/ledgers/" + id).json().get("ledger");
  }

  @Test
  void createsALedgerWithItsDefaults() {
    // Given
    String code = code();

    // When
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code, ""));

    // Then
    assertThat(reply.status()).isEqualTo(201);
    JsonNode ledger = reply.json().get("ledger");
    assertThat(ledger.get("code").textValue()).isEqualTo(code);
    assertThat(ledger.get("description").textValue()).isEqualTo("A ledger");
    assertThat(ledger.get("type").textValue()).isEqualTo("liability");
    assertThat(ledger.get("currency_id").textValue()).isEqualTo(EUR.toString());
    assertThat(ledger.get("currency_code").textValue()).isEqualTo("EUR");
    assertThat(ledger.get("balance_current").longValue()).isZero();
    assertThat(ledger.get("balance_available").longValue()).isZero();
    assertThat(ledger.get("overdraft_enabled").booleanValue()).isFalse();
    assertThat(ledger.get("overdraft_limit").longValue()).isZero();
    assertThat(ledger.get("last_activity_date").isNull()).isTrue();
    assertThat(ledger.get("opening_date")).isEqualTo(ledger.get("created_at"));
    assertThat(ledger.get("closing_date").isNull()).isTrue();
    assertThat(ledger.get("parent_ledger_id").isNull()).isTrue();
    assertThat(ledger.get("child_ledger_ids")).isEmpty();
    assertThat(ledger.get("created_by").textValue()).isEqualTo(user.id().toString());
    assertThat(ledger.get("modified_by")).isEqualTo(ledger.get("created_by"));
    assertThat(ledger.get("modified_at")).isEqualTo(ledger.get("created_at"));
    assertThat(ledger.get("active").booleanValue()).isTrue();
    assertThat(ledger.get("metadata").isNull()).isTrue();
    assertThat(get(ledger.get("id").textValue())).isEqualTo(ledger);
  }

  @Test
  void createsALedgerWithEverythingGiven() {
    // Given
    UUID parent = user.ledger(0);
    String more =
        """
        ,"balance_current":1250,"balance_available":1250,"overdraft_enabled":true,\
        "overdraft_limit":500,"opening_date":"2024-01-31T12:00:00+02:00",\
        "parent_ledger_id":"%s","metadata":{"k":[1.50]}\
        """
            .formatted(parent);

    // When
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code(), more));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    JsonNode ledger = reply.json().get("ledger");
    assertThat(ledger.get("balance_current").longValue()).isEqualTo(1250);
    assertThat(ledger.get("balance_available").longValue()).isEqualTo(1250);
    assertThat(ledger.get("overdraft_enabled").booleanValue()).isTrue();
    assertThat(ledger.get("overdraft_limit").longValue()).isEqualTo(500);
    assertThat(ledger.get("opening_date").textValue()).isEqualTo("2024-01-31T10:00:00.000000Z");
    assertThat(ledger.get("parent_ledger_id").textValue()).isEqualTo(parent.toString());
    assertThat(ledger.get("active").booleanValue()).isTrue();
    assertThat(reply.text()).contains("\"metadata\":{\"k\":[1.50]}");
    assertThat(get(parent).get("child_ledger_ids")).containsExactly(ledger.get("id"));
  }

  @Test
  void postsTheOpeningBalanceAsAnEntry() {
    // Given
    UUID ledger = user.ledger(1250);

    // When
    JsonNode entries = user.entries(ledger, "");

    // Then
    assertThat(entries).hasSize(1);
    JsonNode entry = entries.get(0);
    assertThat(entry.get("type").textValue()).isEqualTo("credit");
    assertThat(entry.get("amount").longValue()).isEqualTo(1250);
    assertThat(entry.get("balance").longValue()).isEqualTo(1250);
    assertThat(entry.get("created_by").textValue()).isEqualTo(user.id().toString());
    assertThat(entry.get("transaction_id").textValue()).hasSize(36);
  }

  @Test
  void tellsWhenALedgerWasLastActive() {
    // Given
    UUID ledger = user.ledger(0);

    // When
    Reply entry = user.entry(ledger, "credit", 5);

    // Then
    assertThat(Instant.parse(get(ledger).get("last_activity_date").textValue()))
        .isEqualTo(Instant.parse(entry.json().get("timestamp").textValue()));
  }

  @Test
  void refusesACodeThatExists() {
    // Given
    String code = code();
    user.client().post("/v1/ledgers", ledgerBody(code, ",\"balance_current\":5"));

    // When
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code, ",\"balance_current\":5"));

    // Then
    assertError(reply, 409, "ledger.code_exists");
  }

  @Test
  void letsAnotherTenantUseTheSameCode() {
    // Given
    String code = code();
    user.client().post("/v1/ledgers", ledgerBody(code, ""));
    User stranger = room.user(room.newTenant());

    // When
    Reply reply = stranger.client().post("/v1/ledgers", ledgerBody(code, ""));

    // Then
    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void namesEveryFieldThatIsMissing() {
    Reply reply = user.client().post("/v1/ledgers", "{}");

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("code", "description", "type", "currency_id", "currency_code");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "balance_current | -1",
        "balance_current | 1.0",
        "balance_current | \"5\"",
        "balance_current | 9223372036854775808",
        "balance_available | 7",
        "overdraft_enabled | \"yes\"",
        "overdraft_limit | -5",
        "opening_date | \"2024-01-31\"",
        "parent_ledger_id | \"x\"",
        "metadata | []"
      })
  void refusesAFieldThatIsWrong(String field, String value) {
    Reply reply =
        user.client().post("/v1/ledgers", ledgerBody(code(), ",\"" + field + "\":" + value));

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EU", "EURO", "eur", "E1R", ""})
  void refusesWhatIsNoCurrencyCode(String currency) {
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code(), currency, EUR, ""));

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue()).isEqualTo("currency_code");
  }

  @Test
  void refusesAnotherIdForACurrencyThatIsKnown() {
    // Given
    user.ledger(0);

    // When
    Reply reply =
        user.client().post("/v1/ledgers", ledgerBody(code(), "EUR", UUID.randomUUID(), ""));

    // Then
    assertError(reply, 400, "ledger.currency_mismatch");
    assertThat(reply.text()).contains(EUR.toString());
  }

  @Test
  void refusesTheIdOfAnotherCurrency() {
    // Given
    User owner = room.user(room.newTenant());
    owner.ledger(0);

    // When
    Reply reply = owner.client().post("/v1/ledgers", ledgerBody(code(), "USD", EUR, ""));

    // Then
    assertError(reply, 400, "ledger.currency_mismatch");
    assertThat(owner.ledgerIn("USD", User.USD, 0)).isNotNull();
  }

  @Test
  void refusesAParentInAnotherCurrency() {
    // Given
    String parent = ",\"parent_ledger_id\":\"" + user.ledger(0) + "\"";

    // When
    Reply reply = user.client().post("/v1/ledgers", ledgerBody(code(), "USD", User.USD, parent));

    // Then
    assertError(reply, 400, "ledger.currency_mismatch");
  }

  @Test
  void refusesAnUnknownParent() {
    Reply reply =
        user.client()
            .post(
                "/v1/ledgers",
                ledgerBody(code(), ",\"parent_ledger_id\":\"" + UUID.randomUUID() + "\""));

    assertError(reply, 404, "ledger.not_found");
  }

  @Test
  void listsLedgersNewestFirstInPages() {
    // Given
    User owner = room.user(room.newTenant());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(owner.ledger(i).toString());
    }

    // When
    JsonNode first = owner.client().get("/v1/ledgers?limit=2").json().get("ledgers");
    JsonNode rest = owner.client().get("/v1/ledgers?limit=200&offset=2").json().get("ledgers");

    // Then
    assertThat(first).hasSize(2);
    assertThat(first.get(0).fieldNames()).toIterable().containsExactly("ledger");
    List<String> listed = new ArrayList<>();
    first.forEach(element -> listed.add(element.at("/ledger/id").textValue()));
    rest.forEach(element -> listed.add(element.at("/ledger/id").textValue()));
    assertThat(listed).isEqualTo(ids);
    assertThat(first.at("/0/ledger/balance_current").longValue()).isEqualTo(4);
  }

  @Test
  void listsNothingWhereThereIsNothing() {
    Reply reply = room.user(room.newTenant()).client().get("/v1/ledgers");

    assertThat(reply.text()).isEqualTo("{\"ledgers\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "offset=-1", "limit=1&limit=2"})
  void refusesAPageThatCannotBe(String query) {
    assertError(user.client().get("/v1/ledgers?" + query), 400, "ledger.validation_failed");
  }

  @Test
  void tellsTheBalance() {
    // Given
    UUID ledger = user.ledger(77);

    // When
    JsonNode balance = user.client().get("/v1/ledgers/" + ledger + "/balance").json();

    // Then
    assertThat(balance.fieldNames())
        .toIterable()
        .containsExactly(
            "ledger_id", "currency_code", "balance_current", "balance_available", "as_of");
    assertThat(balance.get("ledger_id").textValue()).isEqualTo(ledger.toString());
    assertThat(balance.get("currency_code").textValue()).isEqualTo("EUR");
    assertThat(balance.get("balance_available").longValue()).isEqualTo(77);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/balance", "/entries"})
  void refusesWhatIsNoLedger(String route) {
    String unknown = "/v1/ledgers/" + UUID.randomUUID() + route;

    assertError(user.client().get(unknown), 404, "ledger.not_found");
    assertError(user.client().get("/v1/ledgers/nonsense" + route), 400, "ledger.validation_failed");
  }

  @Test
  void hasItsOwnWordForAnUnknownRoute() {
    assertError(user.client().get("/v1/ledgers/a/b/c"), 404, "request.not_found");
  }
}
