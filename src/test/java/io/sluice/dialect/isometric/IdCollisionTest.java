package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Services;
import io.sluice.dialect.isometric.IsometricWorld.Wish;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Check;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.testing.Await;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two processes may draw the same 20 bits in the same millisecond. */
class IdCollisionTest {
  private static final UUID ID = IdCodec.uuid(1, 1);

  private static TransferCommand command(String detail) {
    return new TransferCommand(
        new TenantId(1),
        new TransferId(ID),
        "isometric.transfer",
        Optional.empty(),
        List.of(new Check.Fails(new Refusal() {})),
        List.of(),
        Amount.MAX,
        false,
        detail);
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

    assertThat(IsometricTransfers.isSomebodyElses(new Outcome.Posted(ours), own)).isFalse();
    assertThat(IsometricTransfers.isSomebodyElses(new Outcome.Posted(theirs), own)).isTrue();
    assertThat(IsometricTransfers.isSomebodyElses(new Outcome.Replayed(theirs), own)).isTrue();
    assertThat(IsometricTransfers.isSomebodyElses(new Outcome.Replayed(earlier), own)).isFalse();
    assertThat(IsometricTransfers.isSomebodyElses(new Outcome.Expired(), own)).isFalse();
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
}
