package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two processes may draw the same 20 bits in the same millisecond. */
class IdCollisionTest {
  /**
   * The gateway's clock stands still, so it draws one id after the other and a test can be first.
   */
  private record Foreseen(IsometricWorld world, String batch) implements AutoCloseable {
    private static final IdCodec CODEC = new IdCodec(Environment.PRODUCTION);

    /** How many ids one try of a transfer of one batch draws: its own and two children's. */
    private static final int DRAWN_IDS = 3;

    static Foreseen create() {
      var clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
      var world = new IsometricWorld(TestingGateway.start(clock));
      return new Foreseen(world, world.issue(10).getFirst());
    }

    /** Puts a batch where a try of the next transfer will want a child: 0 for left, 1 for right. */
    void occupy(int attempt, int child) {
      occupy(new TransferId(UUID.randomUUID()), drawn(attempt, 1 + child));
    }

    /** Puts a transfer where a try of the next one will be. */
    void occupyTransfer(int attempt) {
      UUID id = drawn(attempt, 0).value();
      occupy(new TransferId(id), new LotId(UUID.randomUUID()));
    }

    private void occupy(TransferId transfer, LotId lot) {
      var supplier = CODEC.decode(IdPrefix.SUPPLIER, world.supplier()).orElseThrow();
      var rule =
          new LotRule.Issue(
              lot,
              new HolderId(supplier),
              UUID.randomUUID(),
              UUID.randomUUID(),
              1,
              Instant.EPOCH,
              LocalDate.EPOCH);
      var owner = Accounts.of(new HolderId(world.buyer().holder()));
      var command =
          TransferCommand.of(Principal.operator(world.tenant()), transfer, "test.occupy")
              .to(new Intent.Move(Leg.of(Accounts.ISSUED, owner, Amount.of(1), rule)));
      assertThat(Await.result(world.gateway().services().pipeline().submit(command)))
          .isInstanceOf(Outcome.Posted.class);
    }

    private LotId drawn(int attempt, int place) {
      return afterBatch(1 + attempt * DRAWN_IDS + place);
    }

    private LotId afterBatch(int steps) {
      UUID id = CODEC.decode(IdPrefix.CREDIT_BATCH, batch).orElseThrow();
      long high = id.getMostSignificantBits();
      long tail = (high & 0xFFF) << 8 | id.getLeastSignificantBits() >>> 54 & 0xFF;
      return new LotId(IdCodec.uuid(high >>> 16, (int) tail + steps));
    }

    Reply transfer(long kilograms) {
      return world.transfer(world.request().of(batch, kilograms));
    }

    @Override
    public void close() {
      world.gateway().close();
    }
  }

  @Test
  void drawsAgainWhileTheIdOfAChildIsTaken() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupy(0, 0);
      foreseen.occupy(1, 1);

      // When
      Reply reply = foreseen.transfer(3);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      JsonNode batch = foreseen.world().batch(foreseen.batch());
      assertThat(batch.get("status").textValue()).isEqualTo("split");
      assertThat(batch.get("left_child_id").textValue())
          .isEqualTo(Foreseen.CODEC.encode(IdPrefix.CREDIT_BATCH, foreseen.afterBatch(8).value()));
      assertThat(foreseen.world().kilograms(foreseen.world().seller())).isEqualTo(7);
    }
  }

  @Test
  void drawsAgainWhileTheIdOfTheTransferIsTaken() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupyTransfer(0);
      foreseen.occupyTransfer(1);

      // When
      Reply reply = foreseen.transfer(3);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(foreseen.world().kilograms(foreseen.world().seller())).isEqualTo(7);
    }
  }

  @Test
  void givesUpAfterThreeDrawsAndMovesNothing() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupy(0, 0);
      foreseen.occupy(1, 0);
      foreseen.occupy(2, 0);

      // When
      Reply reply = foreseen.transfer(3);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
      assertThat(reply.text()).contains("nothing was done, try again");
      assertThat(foreseen.world().batch(foreseen.batch()).get("status").textValue())
          .isEqualTo("active");
    }
  }

  @Test
  void givesUpWhereTheIdOfTheTransferIsTakenEachTime() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupyTransfer(0);
      foreseen.occupyTransfer(1);
      foreseen.occupyTransfer(2);

      // When
      Reply reply = foreseen.transfer(3);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
      assertThat(reply.text()).contains("nothing was done, try again");
      assertThat(foreseen.world().kilograms(foreseen.world().seller())).isEqualTo(10);
    }
  }

  @Test
  void drawsAgainForABatchToIssue() {
    try (var foreseen = Foreseen.create()) {
      // Given: an issuance draws its own id, its removal's and its batch's
      LotId taken = foreseen.afterBatch(3);
      foreseen.occupy(new TransferId(UUID.randomUUID()), taken);

      // When
      String batch = foreseen.world().issue(7).getFirst();

      // Then
      assertThat(batch)
          .isEqualTo(Foreseen.CODEC.encode(IdPrefix.CREDIT_BATCH, foreseen.afterBatch(4).value()));
      JsonNode shown = foreseen.world().batch(batch);
      assertThat(shown.get("serial_number").textValue()).endsWith("-10-17");
      assertThat(foreseen.world().kilograms(foreseen.world().seller())).isEqualTo(17);
      Reply issuance =
          foreseen
              .world()
              .as(foreseen.world().seller())
              .get("/registry/v0/issuances/" + shown.get("issuance_id").textValue());
      assertThat(issuance.status()).as(issuance.toString()).isEqualTo(200);
    }
  }

  @Test
  void movesAWholeBatchWhateverIdsAreTaken() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupy(0, 0);

      // When
      Reply reply = foreseen.transfer(10);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(foreseen.world().kilograms(foreseen.world().seller())).isZero();
    }
  }
}
