package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.store.corebanq.EntryList;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger with more entries than are looked through, or added up, at once. */
class LargeLedgerTest {
  private static final int ENTRIES = Statement.MOST_ENTRIES + 1;

  /**
   * One cent each, a microsecond apart, of the same two accounts as the first one; with ids that
   * are nobody's last.
   */
  private static final String MORE =
      """
      INSERT INTO transfer (tenant_id, credential, created_at, id, debit_account, credit_account,
                            debit_sequence, credit_sequence, status, amount, debit_balance,
                            credit_balance, kind, detail)
      SELECT tenant_id, credential, created_at + n * interval '1 microsecond',
             ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
             debit_account, credit_account, debit_sequence + n, credit_sequence + n, status, 1,
             debit_balance - n, credit_balance + n, kind, detail
        FROM transfer CROSS JOIN generate_series(1, %2$d) AS n
       WHERE tenant_id = %1$d;
      UPDATE account
         SET sequence = sequence + %2$d,
             balance = balance + CASE WHEN floor IS NULL THEN -%2$d ELSE %2$d END
       WHERE tenant_id = %1$d
      """;

  private static User user;
  private static UUID ledger;

  @BeforeAll
  static void fill() {
    Room room = Room.shared();
    var tenant = room.newTenant();
    user = room.user(tenant);
    ledger = user.ledger(0);
    user.entry(ledger, "credit", 1);
    TestingGateway.shared().database().execute(MORE.formatted(tenant.value(), ENTRIES - 1));
  }

  private static Reply get(String more) {
    return user.client().get("/v1/ledgers/" + ledger + more);
  }

  @Test
  void itsPagesAreFoundByTheirNumbers() {
    // When
    JsonNode entries = user.entries(ledger, "?limit=1&offset=50000");

    // Then
    assertThat(entries.get(0).get("balance").asInt()).isEqualTo(ENTRIES - 50_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"min_amount=2", "max_amount=1", "description=x", "sort=amount"})
  void itIsNotLookedThrough(String query) {
    // When
    Reply reply = get("/entries?" + query);

    // Then
    assertError(reply, 422, "ledger.too_many_entries");
    assertThat(reply.json().get("message").textValue())
        .contains(Integer.toString(EntryList.MOST_EXAMINED), "min_timestamp and max_timestamp");
  }

  @Test
  void aPartOfItsTimeIs() {
    // Given
    String moment = user.entries(ledger, "?limit=1&offset=50").at("/0/timestamp").textValue();

    // When
    Reply reply = get("/entries?min_amount=1&limit=200&min_timestamp=" + moment);

    // Then
    assertThat(reply.json().get("entries")).hasSize(51);
  }

  @Test
  void entriesOfOneTypeArePassedOverUpToALimit() {
    // When
    Reply near = get("/entries?type=credit&limit=1&offset=10000");

    // Then
    assertThat(near.json().at("/entries/0/balance").asInt()).isEqualTo(ENTRIES - 10_000);
    assertError(get("/entries?type=credit&offset=10001"), 422, "ledger.too_many_entries");
  }

  @Test
  void aStatementOfAllItsTimeIsRefused() {
    // Given
    String first = user.entries(ledger, "?order=asc&limit=1").at("/0/timestamp").textValue();

    // When
    Reply whole = get("/statement");

    // Then
    assertError(whole, 422, "ledger.too_many_entries");
    assertThat(whole.json().get("message").textValue()).contains("from and to");
    Reply part = get("/statement?limit=1&to=" + first);
    assertThat(part.json().get("total_credits").asInt()).isEqualTo(1);
  }
}
