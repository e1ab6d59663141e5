package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.entryBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH /v1/ledgers/{id}}. */
class ChangesTest {
  private static final String CLOSE = "{\"closing_date\":\"2026-01-31T12:00:00Z\"}";
  private static final int ROUNDS = 12;
  private static final int RIVALS = 8;

  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();
  private final User user = room.user(tenant);

  @Test
  void changesWhatIsNamedAndKeepsTheRest() {
    // Given
    UUID ledger = user.ledger(70, ",\"metadata\":{\"a\":1}");
    JsonNode before = user.show(ledger);
    User other = room.user(tenant);

    // When
    Reply reply =
        other.change(
            ledger,
            "{\"description\":\"New\",\"overdraft_enabled\":true,\"overdraft_limit\":30,"
                + "\"metadata\":{\"b\":[2]}}");

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode after = reply.json().get("ledger");
    assertThat(after).isEqualTo(user.show(ledger));
    assertThat(after.get("description").textValue()).isEqualTo("New");
    assertThat(after.get("overdraft_enabled").booleanValue()).isTrue();
    assertThat(after.get("overdraft_limit").longValue()).isEqualTo(30);
    assertThat(after.get("metadata").toString()).isEqualTo("{\"b\":[2]}");
    assertThat(after.get("modified_by").textValue()).isEqualTo(other.id().toString());
    assertThat(after.get("modified_at").textValue())
        .isGreaterThan(before.get("modified_at").textValue());
    for (String kept :
        List.of("id", "code", "created_at", "created_by", "balance_current", "active")) {
      assertThat(after.get(kept)).isEqualTo(before.get(kept));
    }
    assertThat(user.entry(ledger, "debit", 100).status()).isEqualTo(201);
    assertError(user.entry(ledger, "debit", 1), 422, "ledger.insufficient_funds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"colour\":\"blue\"}",
        "{\"description\":null,\"overdraft_limit\":null,\"active\":null,\"closing_date\":null}",
        "{\"description\":\"A ledger\",\"active\":true}"
      })
  void changesNothingWhereNothingIsToChange(String body) {
    // Given
    UUID ledger = user.ledger(1);
    JsonNode before = user.show(ledger);

    // When
    Reply reply = room.user(tenant).change(ledger, body);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.json().get("ledger")).isEqualTo(before);
  }

  @Test
  void takesMetadataAwayByNull() {
    // Given
    UUID ledger = user.ledger(1, ",\"metadata\":{\"a\":1}");

    // When
    Reply reply = user.change(ledger, "{\"metadata\":null}");

    // Then
    assertThat(reply.json().at("/ledger/metadata").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"overdraft_limit\":49}",
        "{\"overdraft_enabled\":false}",
        "{\"description\":\"no\",\"overdraft_enabled\":false,\"overdraft_limit\":100}"
      })
  void leavesALimitThatIsInUse(String body) {
    // Given
    UUID ledger = user.ledger(0, ",\"overdraft_enabled\":true,\"overdraft_limit\":80");
    user.entry(ledger, "debit", 50);
    JsonNode before = user.show(ledger);

    // When
    Reply reply = user.change(ledger, body);

    // Then
    assertError(reply, 422, "ledger.insufficient_funds");
    assertThat(user.show(ledger)).isEqualTo(before);
    assertThat(user.change(ledger, "{\"overdraft_limit\":50}").status()).isEqualTo(200);
    assertError(user.entry(ledger, "debit", 1), 422, "ledger.insufficient_funds");
  }

  @Test
  void switchesALedgerOffAndOn() {
    // Given
    UUID ledger = user.ledger(5);

    // When
    Reply off = user.change(ledger, "{\"active\":false}");

    // Then
    assertThat(off.json().at("/ledger/active").booleanValue()).isFalse();
    assertThat(off.json().at("/ledger/closing_date").isNull()).isTrue();
    assertError(user.entry(ledger, "credit", 1), 422, "ledger.inactive");
    assertThat(user.change(ledger, "{\"active\":true}").status()).isEqualTo(200);
    assertThat(user.entry(ledger, "credit", 1).status()).isEqualTo(201);
  }

  @Test
  void closesAnEmptyLedgerForGood() {
    // Given
    UUID ledger = user.ledger(0);

    // When
    Reply reply = user.change(ledger, CLOSE);

    // Then
    JsonNode closed = reply.json().get("ledger");
    assertThat(closed.get("active").booleanValue()).isFalse();
    assertThat(closed.get("closing_date").textValue()).isEqualTo("2026-01-31T12:00:00.000000Z");
    assertError(user.entry(ledger, "credit", 1), 422, "ledger.inactive");
    assertError(user.transfer(user.ledger(9), ledger, 1), 422, "ledger.inactive");
    assertError(user.change(ledger, "{\"active\":true}"), 422, "ledger.inactive");
    Reply described = user.change(ledger, "{\"description\":\"Closed\"}");
    assertThat(described.json().at("/ledger/closing_date")).isEqualTo(closed.get("closing_date"));
    assertThat(user.show(ledger).get("active").booleanValue()).isFalse();
  }

  @Test
  void closesNoLedgerThatHoldsOrOwesSomething() {
    // Given
    UUID holds = user.ledger(1);
    UUID owes = user.ledger(0, ",\"overdraft_enabled\":true,\"overdraft_limit\":80");
    user.entry(owes, "debit", 50);

    // When
    Reply reply = user.change(holds, CLOSE);

    // Then
    assertError(reply, 422, "ledger.not_empty");
    assertError(user.change(owes, CLOSE), 422, "ledger.not_empty");
    assertThat(user.show(holds).get("active").booleanValue()).isTrue();
    assertThat(user.show(holds).get("closing_date").isNull()).isTrue();
  }

  /** Whichever is first: what was closed was empty, and nothing came after. */
  @Test
  void letsNothingSlipInBesideAClosing() {
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      UUID ledger = user.ledger(0);
      String path = "/v1/ledgers/" + ledger + "/entries";
      List<CompletableFuture<Reply>> credits = new ArrayList<>();

      // When
      CompletableFuture<Reply> closing = null;
      for (int i = 0; i < RIVALS; i++) {
        if (i == round % RIVALS) {
          closing = user.client().sendAsync("PATCH", "/v1/ledgers/" + ledger, CLOSE);
        }
        String body = entryBody("credit", 1, UUID.randomUUID(), "");
        credits.add(user.client().sendAsync("POST", path, body));
      }

      // Then
      boolean closed = closing.join().status() == 200;
      credits.forEach(credit -> assertThat(credit.join().status()).isEqualTo(closed ? 422 : 201));
      assertThat(user.balance(ledger)).isEqualTo(closed ? 0 : RIVALS);
      assertThat(user.show(ledger).get("active").booleanValue()).isEqualTo(!closed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":\"x\"}",
        "{\"type\":\"asset\"}",
        "{\"currency_id\":null}",
        "{\"currency_code\":\"EUR\"}",
        "{\"balance_current\":0}",
        "{\"balance_available\":0}",
        "{\"opening_date\":\"2026-01-31T12:00:00Z\"}",
        "{\"parent_ledger_id\":null}",
        "{\"description\":\"\"}",
        "{\"overdraft_enabled\":1}",
        "{\"overdraft_limit\":-1}",
        "{\"overdraft_limit\":1.0}",
        "{\"active\":\"false\"}",
        "{\"closing_date\":\"2026-01-31\"}",
        "{\"closing_date\":\"2026-01-31T12:00:00Z\",\"active\":true}",
        "{\"metadata\":[]}",
        "[]"
      })
  void refusesWhatCannotChangeOrBe(String body) {
    UUID ledger = user.ledger(0);
    assertError(user.change(ledger, body), 400, "ledger.validation_failed");
  }

  @Test
  void changesNoLedgerThatIsUnknownOrOfAnotherTenant() {
    // Given
    UUID ledger = user.ledger(0);

    // When
    Reply reply = room.user(room.newTenant()).change(ledger, CLOSE);

    // Then
    assertError(reply, 404, "ledger.not_found");
    assertError(user.change(UUID.randomUUID(), CLOSE), 404, "ledger.not_found");
    assertThat(user.show(ledger).get("active").booleanValue()).isTrue();
  }

  @Test
  void changesNothingForAReader() {
    UUID ledger = user.ledger(0);
    User reader = room.user(tenant, Names.READ);
    assertError(reader.change(ledger, CLOSE), 403, "auth.unauthorized_role");
  }

  @Test
  void deletesNoLedger() {
    Reply reply = user.client().send("DELETE", "/v1/ledgers/" + user.ledger(0), new byte[0]);
    assertError(reply, 405, "request.method_not_allowed");
  }
}
