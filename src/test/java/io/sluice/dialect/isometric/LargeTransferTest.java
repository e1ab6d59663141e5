package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.isometric.IsometricWorld.Request;
import io.sluice.store.Verifier;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As many batches as fit into one body. */
class LargeTransferTest {
  private static final int ISSUANCES = 5;
  private static final int BATCHES = 500;

  @Test
  void movesThousandsOfBatchesAtOnceAndLeavesTheBooksWhole() {
    try (TestingGateway gateway = TestingGateway.start()) {
      // Given
      var world = new IsometricWorld(gateway);
      long[] sizes = new long[BATCHES];
      Arrays.fill(sizes, 2);
      List<String> batches = new ArrayList<>();
      for (int i = 0; i < ISSUANCES; i++) {
        batches.addAll(world.issue(sizes));
      }
      List<String> quantities =
          batches.stream()
              .map(id -> "{\"credit_batch_id\":\"" + id + "\",\"credit_quantity_kg\":1}")
              .toList();
      Request empty = world.request();
      var request = new Request(quantities, empty.from(), empty.to(), empty.supplier(), "null");

      // When
      Reply reply = world.transfer(request);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      long moved = (long) ISSUANCES * BATCHES;
      assertThat(world.kilograms(world.buyer())).isEqualTo(moved);
      assertThat(world.kilograms(world.seller())).isEqualTo(moved);
      Reply read =
          world
              .as(world.buyer())
              .get(TRANSFERS + "/" + reply.json().get("id").textValue() + "/credit_batches");
      assertThat(read.json().get("total_count").longValue()).isEqualTo(moved);
      var report = Verifier.run(gateway.database().database(), progress -> {});
      assertThat(report.isWhole()).as(report.toString()).isTrue();
    }
  }
}
