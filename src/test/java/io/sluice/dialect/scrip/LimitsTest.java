package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.LotLimit;
import io.sluice.store.events.EndpointStore;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What there is only so much of. The books are made up, so nobody else uses them. */
class LimitsTest {
  private static TestingGateway gateway;

  private final ScripFixture scrip = new ScripFixture(gateway);

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void takesNoMoreEndpointsThanItTells() {
    // Given
    scrip.endpoint();
    execute(
        """
        INSERT INTO event_endpoint (tenant_id, id, dialect, url, types, created_at, updated_at)
          SELECT tenant_id, gen_random_uuid(), dialect, url, types, created_at, updated_at
            FROM event_endpoint, generate_series(2, %2$d) WHERE tenant_id = %1$d
        """,
        EndpointStore.MAX_LIVE);

    // When
    Reply reply = scrip.client.post("/v1/webhook-endpoints", json(ScripFixture.ENDPOINT));

    // Then
    refused(reply, 409, "conflict");
  }

  @Test
  void voidsNoMoreLotsAtOnceThanACommandMayUse() {
    // Given
    String lots = scrip.lots();
    String holder = scrip.participant();
    ok(
        scrip.adjust(
            "participants", holder, lots, "CREDIT", "0.01", ",'bucket':'HELD','reference_id':'r'"));
    execute(
        """
        INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at, reference)
          SELECT tenant_id, gen_random_uuid(), account_id, 1, 1, created_at, reference
            FROM lot, generate_series(1, %2$d) WHERE tenant_id = %1$d
        """,
        LotLimit.MAX_LOTS_PER_COMMAND);
    execute(
        "UPDATE account SET balance = balance + %2$d WHERE tenant_id = %1$d AND bucket = 1",
        LotLimit.MAX_LOTS_PER_COMMAND);
    String body =
        json(
            "{'program_id':'%s','asset_id':'%s','description':'d','reference_id':'r'}",
            scrip.program, lots);

    // When
    Reply reply = scrip.client.post("/v1/participants/" + holder + "/balances/void-hold", body);

    // Then
    refused(reply, 422, "insufficient_balance");
    assertThat(reply.text()).contains("oldest lots");
  }

  @Test
  void issuesNoMoreThanAnAmountCanSay() {
    // Given
    String asset = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    String wallet = "/v1/programs/" + scrip.program + "/assets/" + asset;
    String most = json("{'amount':'%s'}", "9".repeat(36) + ".99");
    ok(scrip.client.post(wallet + "/fund", most));
    ok(scrip.client.post(wallet + "/burn", most));

    // When
    Reply reply = scrip.client.post(wallet + "/fund", most);

    // Then
    refused(reply, 400, "bad_request");
  }

  private void execute(String sql, int count) {
    gateway.database().execute(sql.formatted(scrip.tenant.value(), count));
  }
}
