package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DraftTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 1));
  private static final AccountRef PAYER = account(2);
  private static final Leg LEG = Leg.of(PAYER, account(3), Amount.of(5));
  private static final Refusal INACTIVE = new Refusal() {};
  private static final Check ACTIVE =
      new Check.AccountStatusIn(PAYER, Set.of(HolderStatus.ACTIVE), INACTIVE);

  private final Draft draft = new Draft();

  @Test
  void movesWhatNothingDooms() {
    // Given
    draft.check(ACTIVE);

    // When
    Intent intent = draft.intentOf(() -> LEG);

    // Then
    assertThat(intent).isEqualTo(new Intent.Move(List.of(ACTIVE), List.of(LEG)));
  }

  @Test
  void isDoomedByTheFirstThingAmiss() {
    // Given
    draft.refuse(() -> answer(404));
    draft.refuse(() -> answer(422));

    // When
    Intent intent = draft.intentOf(DraftTest::nobodyAsks);

    // Then
    assertThat(intent)
        .isInstanceOfSatisfying(
            Intent.Doomed.class,
            doomed ->
                assertThat(doomed.refusal())
                    .isInstanceOfSatisfying(
                        ErrorAnswer.class,
                        error -> assertThat(error.answer().status()).isEqualTo(404)));
  }

  @Test
  void forgetsChecksAfterAFailureAndAsksHoldersInThoseBefore() {
    // Given
    draft.check(ACTIVE);
    draft.refuse(() -> answer(404));
    draft.check(ACTIVE);

    // When
    Intent intent = draft.intentOf(DraftTest::nobodyAsks);

    // Then
    assertThat(intent.checks())
        .extracting(Check.class::cast)
        .containsExactly(
            new Check.HolderStatusIn(PAYER.holder(), Set.of(HolderStatus.ACTIVE), INACTIVE));
  }

  @Test
  void needsWhatIsThere() {
    // When
    Optional<String> found = draft.need(Optional.of("x"), () -> answer(404));

    // Then
    assertThat(found).contains("x");
    assertThat(draft.isDoomed()).isFalse();
  }

  @Test
  void isDoomedByWhatIsNotThere() {
    // When
    draft.need(Optional.empty(), () -> answer(404));

    // Then
    assertThat(draft.isDoomed()).isTrue();
  }

  private static Leg nobodyAsks() {
    throw new AssertionError("a doomed intent has no legs");
  }

  private static Answer answer(int status) {
    return Answer.json(status, Buffer.buffer("{}"));
  }

  private static AccountRef account(long holder) {
    return AccountRef.available(new HolderId(new UUID(0, holder)), ASSET);
  }
}
