package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersTest {
  private static Room room;
  private static TenantId tenant;
  private static User user;

  @BeforeAll
  static void open() {
    room = Room.shared();
    tenant = room.newTenant();
    user = room.user(tenant);
  }

  @Test
  void movesFundsAndShowsBothEntries() {
    // Given
    UUID source = user.ledger(1_000);
    UUID destination = user.ledger(50);
    UUID transaction = UUID.randomUUID();

    // When
    Reply reply =
        user.transfer(
            source,
            destination,
            300,
            transaction,
            ",\"description\":\"Rent ü😀\",\"metadata\":{\"b\":1.50,\"a\":[null]}");

    // Then
    assertThat(reply.status()).isEqualTo(201);
    JsonNode json = reply.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("transfer_id", "source_entry", "destination_entry", "timestamp");
    assertThat(UUID.fromString(json.get("transfer_id").textValue()).version()).isEqualTo(7);
    assertEntry(json.get("source_entry"), source, transaction, "debit", 300, 700);
    assertEntry(json.get("destination_entry"), destination, transaction, "credit", 300, 350);
    assertThat(reply.text()).contains("\"metadata\":{\"b\":1.50,\"a\":[null]}");
    assertThat(json.at("/source_entry/timestamp")).isEqualTo(json.get("timestamp"));
    assertThat(json.at("/source_entry/id")).isNotEqualTo(json.at("/destination_entry/id"));
    assertThat(user.balance(source)).isEqualTo(700);
    assertThat(user.balance(destination)).isEqualTo(350);
  }

  private static void assertEntry(
      JsonNode entry, UUID ledger, UUID transaction, String type, long amount, long balance) {
    assertThat(entry.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "ledger_id",
            "transaction_id",
            "amount",
            "type",
            "description",
            "balance",
            "timestamp",
            "metadata",
            "created_at",
            "created_by");
    assertThat(entry.get("id").textValue()).hasSize(36);
    assertThat(entry.get("ledger_id").textValue()).isEqualTo(ledger.toString());
    assertThat(entry.get("transaction_id").textValue()).isEqualTo(transaction.toString());
    assertThat(entry.get("amount").isIntegralNumber()).isTrue();
    assertThat(entry.get("amount").longValue()).isEqualTo(amount);
    assertThat(entry.get("type").textValue()).isEqualTo(type);
    assertThat(entry.get("description").textValue()).isEqualTo("Rent ü😀");
    assertThat(entry.get("balance").longValue()).isEqualTo(balance);
    assertThat(entry.get("timestamp").textValue()).endsWith("Z");
    assertThat(Instant.parse(entry.get("created_at").textValue())).isBefore(Instant.MAX);
    assertThat(entry.get("created_by").textValue()).isEqualTo(user.id().toString());
  }

  @Test
  void leavesOutWhatIsOptional() {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);

    // When
    Reply reply = user.transfer(source, destination, 10);

    // Then
    assertThat(reply.json().at("/source_entry/description").isNull()).isTrue();
    assertThat(reply.json().at("/source_entry/metadata").isNull()).isTrue();
  }

  @Test
  void keepsRunningBalances() {
    // Given
    UUID a = user.ledger(100);
    UUID b = user.ledger(0);
    user.transfer(a, b, 30);
    user.transfer(b, a, 10);

    // When
    user.transfer(a, b, 5);

    // Then
    assertThat(user.entries(a, "").findValuesAsText("balance"))
        .containsExactly("75", "80", "70", "100");
    assertThat(user.entries(b, "").findValuesAsText("balance")).containsExactly("25", "20", "30");
  }

  @Test
  void answersTheSameRequestWithTheSameBytes() {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(0);
    UUID transaction = UUID.randomUUID();
    String more = ",\"description\":\"d\",\"metadata\":{\"a\":1,\"b\":[1e400]}";
    Reply first = user.transfer(source, destination, 60, transaction, more);
    user.transfer(source, destination, 1);

    // When
    Reply again = user.transfer(source, destination, 60, transaction, more);

    // Then
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(user.balance(source)).isEqualTo(39);
  }

  @Test
  void takesAnotherWayOfWritingTheSameForTheSame() {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(0);
    UUID transaction = UUID.randomUUID();
    Reply first =
        user.transfer(source, destination, 60, transaction, ",\"metadata\":{\"a\":1,\"b\":\"ü\"}");

    // When
    Reply again =
        room.user(tenant)
            .transfer(
                source.toString().toUpperCase(java.util.Locale.ROOT),
                destination,
                60,
                transaction,
                ",\"description\":null,\"unknown\":1,\"metadata\":{\"b\":\"\\u00fc\",\"a\":1.0}");

    // Then
    assertThat(again.body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount",
        "description",
        "metadata",
        "no metadata",
        "destination",
        "source",
        "entry"
      })
  void refusesAnotherRequestUnderAUsedTransactionId(String difference) {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(100);
    UUID third = user.ledger(100);
    UUID used = UUID.randomUUID();
    String more = ",\"metadata\":{\"a\":1}";
    user.transfer(source, destination, 60, used, more);

    // When
    Reply reply =
        switch (difference) {
          case "amount" -> user.transfer(source, destination, 61, used, more);
          case "description" ->
              user.transfer(source, destination, 60, used, more + ",\"description\":\"x\"");
          case "metadata" ->
              user.transfer(source, destination, 60, used, ",\"metadata\":{\"a\":2}");
          case "no metadata" -> user.transfer(source, destination, 60, used, "");
          case "destination" -> user.transfer(source, third, 60, used, more);
          case "source" -> user.transfer(third, destination, 60, used, more);
          default ->
              user.client()
                  .post(
                      "/v1/ledgers/" + source + "/entries",
                      User.entryBody("debit", 60, used, more));
        };

    // Then
    assertError(reply, 409, "ledger.duplicate_transaction");
    assertThat(user.balance(source)).isEqualTo(40);
    assertThat(user.balance(third)).isEqualTo(100);
  }

  @Test
  void conflictsBeforeItLooksForLedgersOrFunds() {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(0);
    UUID used = UUID.randomUUID();
    user.transfer(source, destination, 60, used, "");

    // When
    Reply reply = user.transfer(UUID.randomUUID(), destination, 1_000, used, "");

    // Then
    assertError(reply, 409, "ledger.duplicate_transaction");
  }

  @Test
  void answersAReplayAlsoWhenALedgerHasBecomeInactive() {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(0);
    UUID used = UUID.randomUUID();
    Reply first = user.transfer(source, destination, 60, used, "");
    status(source, HolderStatus.SUSPENDED);

    // When
    Reply again = user.transfer(source, destination, 60, used, "");

    // Then
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void doesNotUseUpTheTransactionIdOfARefusedRequest() {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);
    UUID transaction = UUID.randomUUID();
    assertError(
        user.transfer(source, destination, 11, transaction, ""), 422, "ledger.insufficient_funds");

    // When
    Reply reply = user.transfer(source, destination, 9, transaction, "");

    // Then
    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void paysDownToZeroAndNotACentFurther() {
    // Given
    UUID source = user.ledger(100);
    UUID destination = user.ledger(0);
    assertThat(user.transfer(source, destination, 100).status()).isEqualTo(201);

    // When
    Reply reply = user.transfer(source, destination, 1);

    // Then
    assertError(reply, 422, "ledger.insufficient_funds");
    assertThat(user.balance(source)).isZero();
  }

  @Test
  void paysDownToTheOverdraftLimitAndNotACentFurther() {
    // Given
    UUID source = user.ledger(100, ",\"overdraft_enabled\":true,\"overdraft_limit\":50");
    UUID destination = user.ledger(0);
    assertError(user.transfer(source, destination, 151), 422, "ledger.insufficient_funds");

    // When
    Reply reply = user.transfer(source, destination, 150);

    // Then
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().at("/source_entry/balance").longValue()).isEqualTo(-50);
    assertError(user.transfer(source, destination, 1), 422, "ledger.insufficient_funds");
  }

  @Test
  void doesNotOverdrawWhereALimitIsSetButNotEnabled() {
    // Given
    UUID source = user.ledger(100, ",\"overdraft_limit\":50");
    UUID destination = user.ledger(0);

    // When
    Reply reply = user.transfer(source, destination, 101);

    // Then
    assertError(reply, 422, "ledger.insufficient_funds");
  }

  @Test
  void movesTheLargestAmountAndRefusesABalanceBeyondIt() {
    // Given
    UUID source = user.ledger(Long.MAX_VALUE);
    UUID destination = user.ledger(0);
    UUID further = user.ledger(1);
    assertThat(user.transfer(source, destination, Long.MAX_VALUE).status()).isEqualTo(201);

    // When
    Reply reply = user.transfer(further, destination, 1);

    // Then
    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue()).isEqualTo("amount");
    assertThat(user.balance(destination)).isEqualTo(Long.MAX_VALUE);
    assertThat(user.balance(further)).isEqualTo(1);
  }

  @Test
  void refusesOneAndTheSameLedger() {
    UUID ledger = user.ledger(10);

    assertError(user.transfer(ledger, ledger, 1), 400, "ledger.same_ledger");
  }

  @Test
  void refusesTwoCurrencies() {
    // Given
    UUID euros = user.ledger(10);
    UUID dollars = user.ledgerIn("USD", User.USD, 10);

    // When
    Reply reply = user.transfer(euros, dollars, 1);

    // Then
    assertError(reply, 400, "ledger.currency_mismatch");
    assertThat(reply.json().get("message").textValue()).contains("EUR").contains("USD");
  }

  @Test
  void refusesAnUnknownSource() {
    UUID unknown = UUID.randomUUID();

    Reply reply = user.transfer(unknown, user.ledger(0), 1);

    assertError(reply, 404, "ledger.not_found");
    assertThat(reply.json().get("message").textValue()).contains(unknown.toString());
  }

  @Test
  void refusesAnUnknownDestination() {
    UUID unknown = UUID.randomUUID();

    Reply reply = user.transfer(user.ledger(10), unknown, 1);

    assertError(reply, 404, "ledger.not_found");
    assertThat(reply.json().get("message").textValue()).contains(unknown.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = HolderStatus.class,
      names = {"SUSPENDED", "CLOSED"})
  void refusesAnInactiveSource(HolderStatus status) {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);
    user.transfer(source, destination, 1);
    status(source, status);

    // When
    Reply reply = user.transfer(source, destination, 1);

    // Then
    assertError(reply, 422, "ledger.inactive");
    assertThat(reply.json().get("message").textValue()).contains(source.toString());
  }

  @Test
  void refusesAnInactiveDestinationAndTakesItBackWhenActive() {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);
    status(destination, HolderStatus.SUSPENDED);
    assertError(user.transfer(source, destination, 1), 422, "ledger.inactive");

    // When
    status(destination, HolderStatus.ACTIVE);

    // Then
    assertThat(user.transfer(source, destination, 1).status()).isEqualTo(201);
  }

  private static void status(UUID ledger, HolderStatus status) {
    Await.result(room.services().holders().setStatus(tenant, new HolderId(ledger), status));
  }
}
