package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an operator is told of what has left a lot. */
class LotDeparturesTest {
  private final ScripFixture scrip = new ScripFixture();
  private final TestClient admin = TestingGateway.shared().admin();
  private final String asset = scrip.lots();
  private final String anna = scrip.participant(asset, "100");
  private final String lot = scrip.lots(anna, asset, "").get(0).get("id").asText();

  @Test
  void tellsAllOfItInPagesOldestFirst() {
    // Given
    scrip.credit(anna, asset, "50");
    List<String> taken =
        IntStream.range(0, 5).mapToObj(i -> scrip.redeemed(anna, asset, "20")).toList();
    scrip.redeemed(anna, asset, "1");

    // When
    List<JsonNode> left = pages(page() + "/departures?", 2);

    // Then
    assertThat(left).extracting(one -> one.get("transfer_id").asText()).isEqualTo(taken);
    assertThat(left).extracting(one -> one.get("amount").asText()).containsOnly("20.00");
    assertThat(left).extracting(one -> one.get("kind").asText()).containsOnly("scrip.redemption");
  }

  @Test
  void tellsWhereItWasBefore() {
    // Given
    ok(scrip.move("participants", anna, "hold", asset, json(",'amount':'100'")));
    String before = admin.get(page()).json().at("/arrivals/0/account_id").textValue();

    // When
    List<JsonNode> here = pages(page() + "/departures?", 100);
    List<JsonNode> there = pages(page() + "/departures?account=" + before + "&", 100);

    // Then
    assertThat(here).isEmpty();
    assertThat(there).extracting(one -> one.get("kind").asText()).containsExactly("scrip.hold");
  }

  @Test
  void tellsWhatBroughtItOldestFirstWhereverItsRowsLie() {
    // Given that the first of them lies behind the others
    List<String> brought = new ArrayList<>(arrivals());
    for (String move : List.of("hold", "release", "hold", "release")) {
      ok(scrip.move("participants", anna, move, asset, json(",'amount':'100'")));
      brought.addAll(arrivals().stream().filter(one -> !brought.contains(one)).toList());
    }
    TestingGateway.shared()
        .database()
        .execute(
            """
            WITH first AS (DELETE FROM lot_movement WHERE transfer_id = '%s' RETURNING *)
            INSERT INTO lot_movement SELECT * FROM first
            """
                .formatted(brought.getFirst()));

    // When
    List<String> told = arrivals();

    // Then
    assertThat(told).hasSize(5).isEqualTo(brought);
  }

  private List<String> arrivals() {
    return admin.get(page()).json().get("arrivals").findValuesAsText("transfer_id");
  }

  @Test
  void knowsNoOtherLotsAndAccounts() {
    String unknown = "/admin/tenants/" + scrip.tenant.value() + "/lots/" + UUID.randomUUID();

    assertThat(admin.get(unknown + "/departures").status()).isEqualTo(404);
    assertThat(admin.get(page() + "/departures?account=" + UUID.randomUUID()).status())
        .isEqualTo(404);
    assertThat(admin.get(page() + "/departures?account=x").status()).isEqualTo(400);
  }

  private String page() {
    return "/admin/tenants/" + scrip.tenant.value() + "/lots/" + lot;
  }

  private List<JsonNode> pages(String path, int limit) {
    List<JsonNode> left = new ArrayList<>();
    JsonNode page;
    String after = "";
    do {
      page = ok(admin.get(path + "limit=" + limit + after));
      page.get("departures").forEach(left::add);
      after = "&after=" + page.get("next");
    } while (!page.get("next").isNull());
    return left;
  }
}
