package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Services;
import io.sluice.dialect.isometric.IsometricWorld.Wish;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two processes may draw the same 20 bits in the same millisecond. */
class IdCollisionTest {
  private static final UUID ID = IdCodec.uuid(1, 1);

  private static TransferCommand command(String detail) {
    return TransferCommand.of(new TenantId(1), new TransferId(ID), "isometric.transfer")
        .detail(detail)
        .to(new Intent.Doomed(List.of(), new Refusal() {}));
  }

  private static Receipt receipt(UUID id, String detail) {
    return new Receipt(
        new TransferId(id), "isometric.transfer", true, Instant.EPOCH, detail, List.of());
  }

  @Test
  void tellsTheOwnTransferFromAnotherOfTheSameId() {
    TransferCommand own = command("{\"nonce\":1}");
    Receipt ours = receipt(ID, "{\"nonce\":1}");
    Receipt theirs = receipt(ID, "{\"nonce\":2}");
    Receipt earlier = receipt(IdCodec.uuid(0, 1), "{\"nonce\":3}");

    assertThat(Transfers.isSomebodyElses(new Outcome.Posted(ours), own)).isFalse();
    assertThat(Transfers.isSomebodyElses(new Outcome.Posted(theirs), own)).isTrue();
    assertThat(Transfers.isSomebodyElses(new Outcome.Replayed(theirs), own)).isTrue();
    assertThat(Transfers.isSomebodyElses(new Outcome.Replayed(earlier), own)).isFalse();
    assertThat(Transfers.isSomebodyElses(new Outcome.Expired(), own)).isFalse();
  }

  @Test
  void keepsTheDetailsOfEqualTransfersApart() {
    // Given
    var world = IsometricWorld.create();
    List<String> batches = world.issue(1, 1);
    Wish wish = world.wish();
    Services services = world.gateway().services();
    var codec = new IdCodec(Environment.PRODUCTION);

    // When
    List<String> details =
        batches.stream()
            .map(batch -> world.as(world.seller()).post(TRANSFERS, wish.of(batch, 1).json()))
            .map(reply -> reply.json().get("id").textValue())
            .map(id -> new TransferId(codec.decode(IdPrefix.TRANSFER, id).orElseThrow()))
            .map(id -> Await.result(services.transfers().find(world.tenant(), id)))
            .map(found -> found.orElseThrow().detail())
            .toList();

    // Then
    assertThat(details).doesNotHaveDuplicates();
  }

  /**
   * The gateway's clock stands still, so it draws one id after the other and a test can be first.
   */
  private record Foreseen(IsometricWorld world, String batch) implements AutoCloseable {
    private static final IdCodec CODEC = new IdCodec(Environment.PRODUCTION);

    /** How many ids one try of a transfer of one batch draws: two children's and its own. */
    private static final int DRAWN_IDS = 3;

    static Foreseen create() {
      var clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
      var world = new IsometricWorld(TestingGateway.start(clock));
      return new Foreseen(world, world.issue(10).getFirst());
    }

    /** Puts a batch where a try of the next transfer will want a child: 0 for left, 1 for right. */
    void occupy(int attempt, int child) {
      // After the batch's own id that of its removal was drawn.
      LotId lot = afterBatch(2 + attempt * DRAWN_IDS + child);
      var supplier = CODEC.decode(IdPrefix.SUPPLIER, world.supplier()).orElseThrow();
      var rule = new LotRule.Issue(lot, new HolderId(supplier), UUID.randomUUID(), 1);
      var owner = Names.account(new HolderId(world.buyer().holder()));
      var command =
          TransferCommand.of(world.tenant(), new TransferId(UUID.randomUUID()), "test.occupy")
              .to(new Intent.Move(Leg.of(Names.ISSUED, owner, Amount.of(1), rule)));
      assertThat(Await.result(world.gateway().services().pipeline().submit(command)))
          .isInstanceOf(Outcome.Posted.class);
    }

    private LotId afterBatch(int steps) {
      UUID id = CODEC.decode(IdPrefix.CREDIT_BATCH, batch).orElseThrow();
      long high = id.getMostSignificantBits();
      long tail = (high & 0xFFF) << 8 | id.getLeastSignificantBits() >>> 54 & 0xFF;
      return new LotId(IdCodec.uuid(high >>> 16, (int) tail + steps));
    }

    Reply transfer(long kilograms) {
      return world.transfer(world.wish().of(batch, kilograms));
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
  void givesUpAfterThreeDrawsAndMovesNothing() {
    try (var foreseen = Foreseen.create()) {
      // Given
      foreseen.occupy(0, 0);
      foreseen.occupy(1, 0);
      foreseen.occupy(2, 0);

      // When
      Reply reply = foreseen.transfer(3);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(500);
      assertThat(foreseen.world().batch(foreseen.batch()).get("status").textValue())
          .isEqualTo("active");
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
