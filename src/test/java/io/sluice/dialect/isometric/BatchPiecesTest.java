package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lists without pages that are longer than what is kept in memory. */
class BatchPiecesTest {
  private static final String BASE = "/registry/v0";

  private final IsometricWorld world = IsometricWorld.create();
  private final Organisation seller = world.seller();

  @Test
  void listsEveryBatchOfALargeRetirementOnceAndInOrder() {
    // Given: more than two pieces hold
    int batches = 2 * BatchPieces.BATCHES + 1;
    var issued = new ArrayList<String>();
    for (int left = batches; left > 0; left -= BatchPieces.BATCHES) {
      int some = Math.min(left, BatchPieces.BATCHES);
      issued.addAll(world.issue(LongStream.generate(() -> 1).limit(some).toArray()));
    }
    String body =
        """
        {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",
         "retirement_purposes":["other"],"notes":null,"credit_quantity_kg":%3$d}\
        """
            .formatted(seller.id(), world.supplier(), batches);
    Reply retired = world.as(seller).post(BASE + "/retirements/from_oldest_credits", body);
    assertThat(retired.status()).as(retired.toString()).isEqualTo(200);
    String id = retired.json().get("id").textValue();

    // When
    Reply list = world.as(seller).get(BASE + "/retirements/" + id + "/credit_batches");

    // Then
    assertThat(list.header("Content-Length")).isEmpty();
    JsonNode answer = list.json();
    assertThat(answer.get("total_count").intValue()).isEqualTo(batches);
    var listed = new ArrayList<String>();
    answer.get("nodes").forEach(node -> listed.add(node.get("id").textValue()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(issued);
  }
}
