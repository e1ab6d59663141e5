package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.corebanq.LedgerList;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant with more ledgers than are put in an order, or in a report, at once. */
class ManyLedgersTest {
  private static final String EUR = "filter=%7B%22currency_code%22:%22EUR%22%7D";

  /** Empty ones, each with its account, all like the first. */
  private static final String MORE =
      """
      WITH made AS (
        INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
        SELECT tenant_id, gen_random_uuid(), kind, 'copy ' || n, status, detail,
               created_at - n * interval '1 s', updated_at
          FROM holder CROSS JOIN generate_series(1, %2$d) AS n
         WHERE tenant_id = %1$d AND id = '%3$s'
        RETURNING tenant_id, id)
      INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor, updated_at)
      SELECT made.tenant_id, gen_random_uuid(), made.id, a.asset_id, a.bucket, a.kind, a.status,
             a.floor, a.updated_at
        FROM made JOIN account a ON a.tenant_id = %1$d AND a.holder_id = '%3$s'
      """;

  private static User user;

  @BeforeAll
  static void open() {
    Room room = Room.shared();
    var tenant = room.newTenant();
    user = room.user(tenant);
    UUID first = user.ledger(0);
    user.ledgerIn("USD", User.USD, 7);
    TestingGateway.shared()
        .database()
        .execute(MORE.formatted(tenant.value(), LedgerList.MOST_EXAMINED, first));
  }

  private static Reply list(String query) {
    return user.client().get("/v1/ledgers?limit=1&" + query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=balance_current",
        EUR + "&sort=code",
        EUR + "&offset=10001",
        "exclude_subledgers=true&sort=code"
      })
  void refusesToPutThemInOrder(String query) {
    Reply reply = list(query);

    assertError(reply, 422, "ledger.too_many_ledgers");
    assertThat(reply.json().get("message").textValue()).contains("10000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=code&offset=10001",
        "offset=10001&order=asc",
        EUR + "&offset=10000",
        "filter=%7B%22currency_code%22:%22USD%22%7D&sort=balance_current"
      })
  void listsWhatIsInAnOrderAlready(String query) {
    assertThat(list(query).json().get("ledgers")).hasSize(1);
  }

  @Test
  void refusesToReportOnAllOfThem() {
    Reply whole = user.client().get("/v1/ledgers/reports/trial-balance");

    assertError(whole, 422, "ledger.too_many_ledgers");
    Reply few = user.client().get("/v1/ledgers/reports/trial-balance?currency_code=USD");
    assertThat(few.json().at("/totals/0/total_credits").asInt()).isEqualTo(7);
  }
}
