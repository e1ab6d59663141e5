package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.Intent;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotTest {
  private final Slot slot = new Slot(new UUID(0, 7));

  private static Submission submission() {
    var command =
        TransferCommand.of(
                Principal.operator(new TenantId(1)), new TransferId(UUID.randomUUID()), "test")
            .to(new Intent.Doomed(List.of(), new Refusal() {}));
    return new Submission(command, Promise.promise(), 0, 0);
  }

  @Test
  void isHeldByOneBatchAtATime() {
    // Given
    slot.hold(new Batch());

    // When / Then
    assertThatThrownBy(() -> slot.hold(new Batch()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(slot.id().toString());
  }

  @Test
  void isReleasedByItsHolderOnly() {
    // Given
    var holder = new Batch();
    slot.hold(holder);

    // When / Then
    assertThatThrownBy(() -> slot.release(new Batch())).isInstanceOf(IllegalStateException.class);
    assertThat(slot.isHeldBy(holder)).isTrue();
  }

  @Test
  void isLeftInTurn() {
    // Given
    Submission first = submission();
    Submission second = submission();
    slot.waiting().add(first);
    slot.waiting().add(second);

    // When / Then
    assertThatThrownBy(() -> slot.leave(second)).isInstanceOf(IllegalStateException.class);
  }
}
