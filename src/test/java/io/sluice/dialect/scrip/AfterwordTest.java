package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import org.junit.jupiter.api.Test;

/**
 * The answers to what moves value without a key also tell the balance. Where that cannot be read
 * any more, value has moved all the same: an error would have it moved twice.
 */
class AfterwordTest {
  @Test
  void tellsThatValueMovedEvenIfTheBalanceCannotBeRead() {
    try (TestingGateway gateway = TestingGateway.start()) {
      // Given all that must be known before value moves, and nothing that is asked for afterwards
      var scrip = new ScripFixture(gateway);
      String lots = scrip.lots();
      String path = "/v1/participants/" + scrip.participant() + "/balances/";
      String hold =
          json(
              "{'program_id':'%s','asset_id':'%s','description':'d','amount':'1'}",
              scrip.program, lots);
      String credit = scrip.adjustment(lots, "CREDIT", "5", "");
      ok(scrip.client.post(path + "adjust", credit));
      ok(scrip.client.post(path + "hold", hold));
      gateway.database().execute("ALTER TABLE asset RENAME TO hidden_asset");

      // When
      Reply credited = scrip.client.post(path + "adjust", credit);
      Reply held = scrip.client.post(path + "hold", hold);

      // Then
      gateway.database().execute("ALTER TABLE hidden_asset RENAME TO asset");
      assertThat(ok(credited).has("balance")).isFalse();
      assertThat(ok(held).has("balance")).isFalse();
      assertThat(ok(held).has("lots_processed")).isFalse();
      JsonNode last = ok(scrip.client.post(path + "hold", hold));
      assertThat(last.get("balance").toString())
          .isEqualTo(json("{'available':'7.00','held':'3.00','deferred':'0.00'}"));
    }
  }
}
