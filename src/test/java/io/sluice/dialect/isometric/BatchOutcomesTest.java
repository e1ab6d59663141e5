package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.isometric.BatchQuantities.Part;
import io.sluice.ledger.Amount;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of each outcome of the pipeline. */
class BatchOutcomesTest {
  private static final UUID LOT = IdCodec.uuid(0, 0);
  private static final String BATCH = "ctb_0000000001S00000";
  private static final String SUPPLIER = "spl_0000000001S00000";

  private final IdCodec codec = new IdCodec(Environment.PRODUCTION);
  private final TransferDetail detail = new TransferDetail(codec);
  private final BatchOutcomes outcomes =
      new BatchOutcomes(
          Deed.TRANSFER,
          new BatchQuantities(List.of(new Part(BATCH, new BigInteger("9".repeat(60))))),
          SUPPLIER,
          detail::answer,
          BatchOutcomes::noShortage,
          codec);

  private void assertAnswer(Outcome outcome, int status, String detail) {
    assertDetail(outcomes.answer(outcome), status, detail);
  }

  private static void assertDetail(Answer answer, int status, String detail) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body().toString()).isEqualTo("{\"detail\":\"" + detail + "\"}");
  }

  private static Outcome refused(Refusal reason) {
    return new Outcome.Refused(reason, Optional.empty());
  }

  @Test
  void mapsEachReasonOfTheLedgerToItsText() {
    var lot = new LotId(LOT);
    String batch = "Credit batch '" + BATCH + "' ";

    assertAnswer(
        refused(new LedgerRefusal.LotUnknown(lot)),
        400,
        "Could not find 'CreditBatch' with IDs '" + BATCH + "'");
    assertAnswer(
        refused(new LedgerRefusal.LotNotHeld(lot)),
        400,
        batch + "is not owned by the sending organisation");
    assertAnswer(
        refused(new LedgerRefusal.LotIssuerMismatch(lot)),
        400,
        batch + "does not come from supplier '" + SUPPLIER + "'");
    assertAnswer(
        refused(new LedgerRefusal.LotUnavailable(lot, LotStatus.RETIRED)),
        400,
        batch + "is retired and can no longer be transferred");
    assertAnswer(
        refused(new LedgerRefusal.LotTooSmall(lot, Amount.of(5), Amount.MAX_LONG)),
        400,
        batch + "holds 5 kg, less than the " + "9".repeat(60) + " kg asked for");
    assertAnswer(
        refused(new LedgerRefusal.BalanceOutOfRange(Accounts.ISSUED)),
        400,
        "The transfer would take a balance out of range");
  }

  @Test
  void givesTheDialectsOwnRefusalBack() {
    Answer own = Errors.noBatches();

    assertThat(outcomes.answer(refused(new ErrorAnswer(own)))).isSameAs(own);
  }

  @Test
  void takesWhatCannotBeForADefect() {
    var impossible =
        new LedgerRefusal.InsufficientFunds(Accounts.ISSUED, Amount.ZERO, Amount.of(1));

    assertThatThrownBy(() -> outcomes.answer(refused(impossible)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> outcomes.answer(refused(new LedgerRefusal.NothingToMove(Accounts.ISSUED))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> outcomes.answer(refused(new Refusal() {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mapsWhatThePipelineCouldNotDo() {
    Answer overloaded = outcomes.answer(new Outcome.Overloaded(Duration.ofMillis(1_001)));
    Answer expired = outcomes.answer(new Outcome.Expired());
    Answer unavailable = outcomes.answer(new Outcome.Unavailable());

    assertThat(overloaded.status()).isEqualTo(429);
    assertThat(overloaded.headers()).containsEntry("Retry-After", "2");
    assertThat(expired.status()).isEqualTo(503);
    assertThat(expired.headers()).containsEntry("Retry-After", "1");
    // The fate is unknown, so nobody is told to just try again.
    assertThat(unavailable.status()).isEqualTo(503);
    assertThat(unavailable.headers()).doesNotContainKey("Retry-After");
    assertAnswer(
        new Outcome.Conflict(new TransferId(LOT)),
        409,
        "This Idempotency-Key was used with a different request");
  }
}
