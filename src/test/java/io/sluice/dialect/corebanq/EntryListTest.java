package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.entryBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of {@code GET /v1/ledgers/{id}/entries} a client may choose. */
class EntryListTest {
  private static final UUID RENT = UUID.randomUUID();
  private static final UUID FEES = UUID.randomUUID();

  private static User user;
  private static UUID ledger;
  private static String rentAt;

  /** Opened with 100, and then: credit 30, debit 20 (rent), credit 10 (fees), credit 30. */
  @BeforeAll
  static void open() {
    Room room = Room.shared();
    user = room.user(room.newTenant());
    ledger = user.ledger(100);
    user.entry(ledger, "credit", 30);
    String rent = ",\"description\":\"Rent, 100 % of May\",\"metadata\":{\"n\":1e400}";
    rentAt = post(entryBody("debit", 20, RENT, rent)).get("timestamp").textValue();
    UUID other = user.ledger(50);
    user.transfer(other, ledger, 10, FEES, ",\"description\":\"Fees\"");
    user.entry(ledger, "credit", 30);
  }

  private static JsonNode post(String body) {
    Reply reply = user.client().post("/v1/ledgers/" + ledger + "/entries", body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  private static Reply list(String query) {
    String filled =
        query
            .replace("RENT", RENT.toString())
            .replace("FEES", FEES.toString())
            .replace("THEN", rentAt);
    return user.client().get("/v1/ledgers/" + ledger + "/entries?" + filled);
  }

  private static String amounts(String query) {
    Reply reply = list(query);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    List<String> amounts = new ArrayList<>();
    reply.json().get("entries").forEach(each -> amounts.add(each.get("amount").asText()));
    return String.join(" ", amounts);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 30 10 20 30 100",
    "order=asc, 100 30 20 10 30",
    "sort=timestamp&order=desc&limit=2, 30 10",
    "sort=timestamp&order=asc&limit=2&offset=1, 30 20",
    "sort=amount, 100 30 30 20 10",
    "sort=amount&order=asc, 10 20 30 30 100",
    "sort=amount&order=asc&limit=2&offset=1, 20 30",
    "limit=500, 30 10 20 30 100"
  })
  void isInTheOrderThatIsAskedFor(String query, String amounts) {
    assertThat(amounts(query)).isEqualTo(amounts);
  }

  @ParameterizedTest
  @CsvSource({
    "transaction_id=RENT, 20",
    "transaction_id=FEES, 10",
    "transaction_id=00000000-0000-4000-8000-000000000000, ''",
    "type=debit, 20",
    "type=credit, 30 10 30 100",
    "min_amount=30, 30 30 100",
    "max_amount=20, 10 20",
    "min_amount=11&max_amount=30, 30 20 30",
    "min_amount=9223372036854775807, ''",
    "min_timestamp=THEN, 30 10 20",
    "max_timestamp=THEN, 20 30 100",
    "min_timestamp=THEN&max_timestamp=THEN, 20",
    "min_timestamp=9999-12-31T23:59:59Z, ''",
    "description=Rent, 20",
    "description=rent, ''",
    "description=%25, 20",
    "description=e, 10 20 100",
    "description=e&type=debit&min_amount=1, 20"
  })
  void holdsWhatIsAskedFor(String query, String amounts) {
    assertThat(amounts(query)).isEqualTo(amounts);
  }

  @ParameterizedTest
  @CsvSource({
    "sort, created_at",
    "order, x",
    "limit, 0",
    "transaction_id, x",
    "type, CREDIT",
    "min_amount, -1",
    "min_amount, 1.0",
    "max_amount, 9223372036854775808",
    "max_amount, 99999999999999999999",
    "min_timestamp, 2024-01-31",
    "max_timestamp, x",
    "description, ''"
  })
  void refusesAParameterThatCannotBe(String name, String value) {
    Reply reply = list(name + "=" + value);

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors").findValuesAsText("field")).containsExactly(name);
  }

  @Test
  void findsAnOpeningBalanceByItsTransaction() {
    // Given
    String transaction =
        user.entries(ledger, "?order=asc&limit=1").at("/0/transaction_id").asText();

    // When
    String amounts = amounts("transaction_id=" + transaction);

    // Then
    assertThat(amounts).isEqualTo("100");
  }

  @Test
  void doesNotTakeTheIdOfATransferForThatOfATransaction() {
    // Given
    UUID source = user.ledger(1);
    Reply transfer = user.transfer(source, user.ledger(0), 1);
    String query = "?transaction_id=" + transfer.json().get("transfer_id").textValue();

    // When
    JsonNode entries = user.entries(source, query);

    // Then
    assertThat(entries).isEmpty();
  }

  @Test
  void hasNoDescriptionWhereNoneWasGiven() {
    // When
    JsonNode entries = user.entries(ledger, "?type=credit&min_amount=30&max_amount=30");

    // Then
    assertThat(entries).isNotEmpty().allMatch(entry -> entry.get("description").isNull());
  }
}
