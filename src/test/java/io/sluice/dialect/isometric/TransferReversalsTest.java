package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the registry takes back: the very batches, as long as they are there as they came. */
class TransferReversalsTest {
  private final IsometricWorld world = IsometricWorld.create();
  private final TestClient admin = TestingGateway.shared().admin();

  @Test
  void givesTheVeryBatchesBack() {
    // Given
    List<String> batches = world.issue(3_000, 2_000);
    Reply moved =
        world.transfer(world.request().of(batches.getFirst(), 3_000).of(batches.getLast(), 500));

    // When
    JsonNode reversal = reversed(id(moved));

    // Then
    assertThat(world.kilograms(world.seller())).isEqualTo(5_000);
    assertThat(world.kilograms(world.buyer())).isZero();
    assertThat(owner(batches.getFirst())).isEqualTo(world.seller().id());
    String part = world.batch(batches.getLast()).get("left_child_id").textValue();
    assertThat(owner(part)).isEqualTo(world.seller().id());
    assertThat(link(id(moved))).endsWith("/" + reversal.get("reverses").textValue());
  }

  @Test
  void isATransferOnRecord() {
    // Given
    Reply moved = world.transfer(world.request().of(world.issue(3_000).getFirst(), 1_234));

    // When
    reversed(id(moved));

    // Then
    JsonNode newest =
        world
            .as(world.seller())
            .get(TRANSFERS + "?to_organisation_id=" + world.seller().id())
            .json()
            .at("/nodes/0");
    assertThat(newest.at("/from_organisation/id").textValue()).isEqualTo(world.buyer().id());
    assertThat(newest.get("credit_batch_size_total"))
        .isEqualTo(moved.json().get("credit_batch_size_total"));
    assertThat(newest.get("notes").textValue())
        .isEqualTo("Reversal of " + id(moved) + ": Sold by mistake");
    JsonNode batches =
        world
            .as(world.seller())
            .get(TRANSFERS + "/" + newest.get("id").textValue() + "/credit_batches")
            .json();
    assertThat(batches.get("nodes")).hasSize(1);
  }

  @Test
  void refusesWhereABatchWasHandedOnOrSplit() {
    // Given
    List<String> batches = world.issue(1_000, 1_000);
    String onward = id(world.transfer(world.request().of(batches.getFirst(), 1_000)));
    String split = id(world.transfer(world.request().of(batches.getLast(), 1_000)));
    id(send(batches.getFirst(), 1_000));
    id(send(batches.getLast(), 1));

    for (String transfer : List.of(onward, split)) {
      // When
      Reply reply = reverse(transfer);

      // Then
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.json().path("error").textValue()).isEqualTo("value_gone");
    }
    assertThat(world.kilograms(world.buyer())).isEqualTo(999);
  }

  private Reply send(String batch, long kilograms) {
    return world
        .as(world.buyer())
        .post(
            TRANSFERS,
            world
                .request()
                .of(batch, kilograms)
                .from(world.buyer().id())
                .to(world.seller().id())
                .json());
  }

  @Test
  void leavesIssuancesAsTheyAre() {
    // Given
    String batch = world.issue(1_000).getFirst();
    String lot = link(batch);
    String issuance = admin.get(lot).json().at("/arrivals/0/transfer_id").textValue();

    // When
    Reply reply = reverse(issuance);

    // Then
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").textValue()).contains("retired");
  }

  private String owner(String batch) {
    return world.batch(batch).at("/owner/id").textValue();
  }

  private static String id(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  private JsonNode reversed(String transfer) {
    Reply reply = reverse(transfer);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  private Reply reverse(String transfer) {
    return admin.post(link(transfer) + "/reverse", "{\"reason\":\"Sold by mistake\"}");
  }

  private String link(String quoted) {
    String query = "/admin/find?q=" + quoted + "&tenant=" + world.tenant().value();
    return admin.get(query).json().at("/found/0/link").textValue();
  }
}
