package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private final IsometricWorld world = IsometricWorld.create();

  @Test
  void answersWithAllMembersInTheRegistrysForm() {
    // Given
    String batch = world.issue(5_000).getFirst();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1_234).notes("\"Offsite §1\""));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    JsonNode json = reply.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "transferred_at",
            "from_organisation",
            "to_organisation",
            "credit_batch_size_total",
            "notes");
    assertThat(json.get("id").textValue()).matches("tfr_[0-9A-Z]{9}1S0[0-9A-Z]{4}");
    assertThat(json.get("transferred_at").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(json.get("from_organisation").toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"name\":\"Seller\",\"domain\":\"seller.example\"}"
                .formatted(world.seller().id()));
    assertThat(json.at("/to_organisation/id").textValue()).isEqualTo(world.buyer().id());
    assertThat(reply.text())
        .contains("\"credit_batch_size_total\":{\"credits\":1.234,\"credit_kgs\":1234}");
    assertThat(json.get("notes").textValue()).isEqualTo("Offsite §1");
  }

  @Test
  void showsAbsentNotesAndDomainAsNull() {
    // Given
    String nameless =
        world.administer("/organisations", "{\"name\":\"No Domain\"}").json().get("id").textValue();
    String batch = world.issue(1).getFirst();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1).to(nameless));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.json().get("notes").isNull()).isTrue();
    assertThat(reply.json().at("/to_organisation/domain").isNull()).isTrue();
  }

  @Test
  void changesOnlyTheOwnerOfABatchThatMovesWhole() {
    // Given
    String batch = world.issue(3_000).getFirst();
    String before = world.batch(batch).get("serial_number").textValue();

    // When
    Reply reply = world.transfer(world.request().of(batch, 3_000));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode after = world.batch(batch);
    assertThat(after.get("status").textValue()).isEqualTo("active");
    assertThat(after.at("/owner/id").textValue()).isEqualTo(world.buyer().id());
    assertThat(after.get("serial_number").textValue()).isEqualTo(before);
    assertThat(after.get("left_child_id").isNull()).isTrue();
    assertThat(world.kilograms(world.seller())).isZero();
    assertThat(world.kilograms(world.buyer())).isEqualTo(3_000);
  }

  @Test
  void splitsABatchOfWhichAPartMoves() {
    // Given
    String batch = world.issue(3_000).getFirst();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1_000));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode parent = world.batch(batch);
    JsonNode left = world.batch(parent.get("left_child_id").textValue());
    JsonNode right = world.batch(parent.get("right_child_id").textValue());
    assertThat(parent.get("status").textValue()).isEqualTo("split");
    assertThat(parent.at("/size/credit_kgs").longValue()).isEqualTo(3_000);
    assertChild(left, parent, 1_000, world.buyer().id());
    assertChild(right, parent, 2_000, world.seller().id());
    assertThat(parent.get("serial_number").textValue())
        .isEqualTo("ISO-1-SUP0-GBR-AB12-2024-0-3000");
    assertThat(left.get("serial_number").textValue()).isEqualTo("ISO-1-SUP0-GBR-AB12-2024-0-1000");
    assertThat(right.get("serial_number").textValue())
        .isEqualTo("ISO-1-SUP0-GBR-AB12-2024-1000-3000");
  }

  private static void assertChild(JsonNode child, JsonNode parent, long kilograms, String owner) {
    assertThat(child.get("status").textValue()).isEqualTo("active");
    assertThat(child.at("/size/credit_kgs").longValue()).isEqualTo(kilograms);
    assertThat(child.at("/owner/id").textValue()).isEqualTo(owner);
    assertThat(child.get("parent_id")).isEqualTo(parent.get("id"));
    List.of("issuance_id", "project_id", "supplier_id", "removal_id", "issued_at", "sequestered_on")
        .forEach(name -> assertThat(child.get(name)).as(name).isEqualTo(parent.get(name)));
  }

  @Test
  void splitsTheRemainderAgainAndKeepsEveryKilogram() {
    // Given
    String batch = world.issue(1_000).getFirst();

    for (int i = 0; i < 10; i++) {
      // When
      Reply reply = world.transfer(world.request().of(batch, 7 + i));

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      batch = world.batch(batch).get("right_child_id").textValue();
    }
    assertThat(world.kilograms(world.buyer())).isEqualTo(7 * 10 + 45);
    assertThat(world.kilograms(world.seller())).isEqualTo(1_000 - 7 * 10 - 45);
    assertThat(world.batch(batch).get("serial_number").textValue()).endsWith("-115-1000");
  }

  @Test
  void movesSeveralBatchesTogether() {
    // Given
    List<String> batches = world.issue(1_000, 2_000, 3_000);

    // When
    Reply reply =
        world.transfer(
            world
                .request()
                .of(batches.get(0), 1_000)
                .of(batches.get(1), 500)
                .of(batches.get(2), 3_000));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.text()).contains("{\"credits\":4.5,\"credit_kgs\":4500}");
    assertThat(world.kilograms(world.buyer())).isEqualTo(4_500);
    assertThat(world.kilograms(world.seller())).isEqualTo(1_500);
  }

  @Test
  void letsTheReceiverSendOn() {
    // Given
    String batch = world.issue(1_000).getFirst();
    world.transfer(world.request().of(batch, 400));
    String moved = world.batch(batch).get("left_child_id").textValue();

    // When
    Reply back =
        world
            .as(world.buyer())
            .post(
                TRANSFERS,
                world
                    .request()
                    .of(moved, 150)
                    .from(world.buyer().id())
                    .to(world.seller().id())
                    .json());

    // Then
    assertThat(back.status()).as(back.toString()).isEqualTo(200);
    assertThat(world.kilograms(world.seller())).isEqualTo(750);
    assertThat(world.kilograms(world.buyer())).isEqualTo(250);
  }

  @Test
  void takesWhatTheFrameworkTakesAsAnInteger() {
    // Given
    String batch = world.issue(1_000_000).getFirst();

    for (String quantity : List.of("1000", "1000.0", "1e3")) {
      // When
      Reply reply = world.transfer(world.request().of(batch, quantity));

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.json().at("/credit_batch_size_total/credit_kgs").longValue())
          .isEqualTo(1_000);
      batch = world.batch(batch).get("right_child_id").textValue();
    }
  }

  @Test
  void ignoresMembersItDoesNotKnow() {
    String batch = world.issue(10).getFirst();
    String json = world.request().of(batch, 10).json();

    Reply reply = world.as(world.seller()).post(TRANSFERS, "{\"x\":[{}]," + json.substring(1));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void twoEqualRequestsAreTwoTransfers() {
    // Given
    String batch = world.issue(10).getFirst();
    assertThat(world.transfer(world.request().of(batch, 10)).status()).isEqualTo(200);

    // When
    Reply again = world.transfer(world.request().of(batch, 10));

    // Then: the batch is somebody else's by now
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("is not owned by the sending organisation");
  }
}
