package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements and the trial balance, at moments that a clock of their own makes. */
class ReportsTest {
  private static final String TRIAL_BALANCE = "/v1/ledgers/reports/trial-balance";

  private static TestingGateway gateway;
  private static User user;
  private static UUID ledger;
  private static UUID other;
  private static UUID dollars;
  private static final List<Instant> TIMES = new ArrayList<>();

  /** The ledger: opened with 100; credit 30; debit 20; 10 to the other; credit 5. */
  @BeforeAll
  static void open() {
    SettableClock clock = SettableClock.atPresent();
    gateway = TestingGateway.start(clock);
    Room room = new Room(gateway);
    user = room.user(room.newTenant());
    ledger = user.ledger(100);
    other = user.ledger(0, ",\"overdraft_enabled\":true,\"overdraft_limit\":50");
    dollars = user.ledgerIn("USD", User.USD, 7);
    List<Runnable> steps =
        List.of(
            () -> user.entry(ledger, "credit", 30),
            () -> user.entry(ledger, "debit", 20),
            () -> user.transfer(ledger, other, 10),
            () -> user.entry(other, "debit", 45),
            () -> user.entry(ledger, "credit", 5));
    for (Runnable step : steps) {
      clock.advance(Duration.ofSeconds(10));
      step.run();
      TIMES.add(Instant.parse(user.entries(ledger, "?limit=1").at("/0/timestamp").textValue()));
    }
    clock.advance(Duration.ofSeconds(10));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static Reply statement(String query) {
    return user.client().get("/v1/ledgers/" + ledger + "/statement" + filled(query));
  }

  private static String filled(String query) {
    String text = query;
    for (int i = 0; i < TIMES.size(); i++) {
      text = text.replace("{" + i + "}", TIMES.get(i).toString());
    }
    return text;
  }

  private static String amounts(JsonNode statement) {
    List<String> amounts = new ArrayList<>();
    statement.get("entries").forEach(entry -> amounts.add(entry.get("amount").asText()));
    return String.join(" ", amounts);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 105, 30, 135, 100 30 20 10 5",
    "?from={0}, 100, 105, 30, 35, 30 20 10 5",
    "?from={1}&to={2}, 130, 100, 30, 0, 20 10",
    "?to={0}, 0, 130, 0, 130, 100 30",
    "?to=2000-01-01T00:00:00Z, 0, 0, 0, 0, ''",
    "?from={4}&to={4}, 100, 105, 0, 5, 5",
    "?from=9000-01-01T00:00:00Z&to=9000-01-01T00:00:00Z, 105, 105, 0, 0, ''",
    "?limit=2, 0, 105, 30, 135, 100 30",
    "?from={0}&limit=2&offset=1, 100, 105, 30, 35, 20 10",
    "?offset=1000, 0, 105, 30, 135, ''"
  })
  void leadsFromOneBalanceToAnother(
      String query, long opening, long closing, long debits, long credits, String amounts) {
    // When
    Reply reply = statement(query);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode json = reply.json();
    assertThat(json.get("opening_balance").longValue()).isEqualTo(opening);
    assertThat(json.get("closing_balance").longValue()).isEqualTo(closing);
    assertThat(json.get("total_debits").longValue()).isEqualTo(debits);
    assertThat(json.get("total_credits").longValue()).isEqualTo(credits);
    assertThat(amounts(json)).isEqualTo(amounts);
    assertThat(opening + credits - debits).isEqualTo(closing);
  }

  @Test
  void showsTheEntriesThatListsShow() {
    List<JsonNode> listed = new ArrayList<>();
    user.entries(ledger, "?order=asc").forEach(listed::add);
    assertThat(statement("").json().get("entries")).containsExactlyElementsOf(listed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?from=x", "?to=2024-01-31", "?from={2}&to={1}", "?limit=0", "?offset=-1"})
  void refusesAPeriodThatCannotBe(String query) {
    assertError(statement(query), 400, "ledger.validation_failed");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 105, -35, 70, 105",
    "?as_of={0}, 130, 0, 130, 130",
    "?as_of={2}, 100, 10, 110, 110",
    "?as_of=2000-01-01T00:00:00Z, 0, 0, 0, 0",
    "?as_of=9000-01-01T00:00:00Z, 105, -35, 70, 105"
  })
  void holdsEveryBalanceAtAMoment(String query, long one, long two, long net, long total) {
    // When
    Reply reply =
        user.client()
            .get(
                TRIAL_BALANCE
                    + filled(query)
                    + (query.isEmpty() ? "?" : "&")
                    + "currency_code=EUR");

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode rows = reply.json().get("rows");
    assertThat(rows).hasSize(3);
    assertThat(rows.at("/0/ledger_id").textValue()).isEqualTo(ledger.toString());
    assertThat(rows.at("/0/balance").longValue()).isEqualTo(one);
    assertThat(rows.at("/1/ledger_id").textValue()).isEqualTo(other.toString());
    assertThat(rows.at("/1/balance").longValue()).isEqualTo(two);
    assertThat(rows.get(2).has("ledger_id")).isFalse();
    assertThat(rows.at("/2/balance").longValue()).isEqualTo(-net);
    JsonNode totals = reply.json().get("totals");
    assertThat(totals).hasSize(1);
    assertThat(totals.at("/0/total_debits").longValue()).isEqualTo(total);
    assertThat(totals.at("/0/total_credits").longValue()).isEqualTo(total);
  }

  @Test
  void sumsEachCurrencyUpByItself() {
    // When
    JsonNode json = user.client().get(TRIAL_BALANCE).json();

    // Then
    assertThat(json.get("totals")).hasSize(2);
    json.get("totals")
        .forEach(t -> assertThat(t.get("total_debits")).isEqualTo(t.get("total_credits")));
    assertThat(json.get("rows").findValuesAsText("ledger_id"))
        .containsExactly(ledger.toString(), other.toString(), dollars.toString());
  }

  @Test
  void showsNothingOfAnotherTenant() {
    User stranger = new Room(gateway).user(new Room(gateway).newTenant());
    assertError(
        stranger.client().get("/v1/ledgers/" + ledger + "/statement"), 404, "ledger.not_found");
    assertThat(stranger.client().get(TRIAL_BALANCE).json().get("rows")).isEmpty();
  }

  @Test
  void hasRoomForSoManyLedgers() {
    // Given
    Room room = new Room(gateway);
    var tenant = room.newTenant();
    User crowd = room.user(tenant);
    crowd.ledger(0);
    gateway
        .database()
        .execute(
            """
            WITH many AS (
              INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at)
                SELECT tenant_id, gen_random_uuid(), kind, 'many ' || n, created_at, updated_at
                  FROM holder, generate_series(1, %2$d) AS n
                 WHERE tenant_id = %1$d AND kind = '%3$s'
                RETURNING tenant_id, id)
            INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,
                                 updated_at)
              SELECT many.tenant_id, gen_random_uuid(), many.id, asset.id, 0, 0, 0, 0, now()
                FROM many JOIN asset ON asset.tenant_id = many.tenant_id
            """
                .formatted(tenant.value(), TrialBalance.MAX_ROWS, Names.LEDGER));

    // When
    Reply reply = crowd.client().get(TRIAL_BALANCE);

    // Then
    assertError(reply, 422, "ledger.too_many_ledgers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?as_of=x", "?currency_code=eur", "?as_of={0}&as_of={1}"})
  void refusesAReportThatCannotBe(String query) {
    assertError(user.client().get(TRIAL_BALANCE + filled(query)), 400, "ledger.validation_failed");
  }
}
