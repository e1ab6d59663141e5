package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferId;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeWordsTest {
  private static final TransferId ID = new TransferId(new UUID(7, 7));
  private static final Receipt RECEIPT =
      new Receipt(ID, "test", true, Instant.EPOCH, "detail", List.of());
  private static final Refusal UNKNOWN = new LedgerRefusal.LotUnknown(new LotId(new UUID(1, 1)));

  /** Says which word was asked for. */
  private static class Words implements OutcomeWords {
    @Override
    public Answer stored(Receipt receipt) {
      return said("stored " + receipt.detail());
    }

    @Override
    public Answer conflict(TransferId existing) {
      return said("conflict " + existing.value());
    }

    @Override
    public Answer refused(LedgerRefusal refusal) {
      return said("refused " + refusal.getClass().getSimpleName());
    }

    @Override
    public Answer fault(Fault fault) {
      return said("fault " + fault.getClass().getSimpleName());
    }
  }

  private final OutcomeWords words = new Words();

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.Posted(RECEIPT), "stored detail"),
        Arguments.of(new Outcome.Replayed(RECEIPT), "stored detail"),
        Arguments.of(new Outcome.Conflict(ID), "conflict " + ID.value()),
        Arguments.of(new Outcome.Refused(UNKNOWN, Optional.of(RECEIPT)), "stored detail"),
        Arguments.of(new Outcome.Refused(UNKNOWN, Optional.empty()), "refused LotUnknown"),
        Arguments.of(new Outcome.Refused(new ErrorAnswer(said("own")), Optional.empty()), "own"),
        Arguments.of(new Outcome.Overloaded(Duration.ofSeconds(1)), "fault Overloaded"),
        Arguments.of(new Outcome.Expired(), "fault DeadlinePassed"),
        Arguments.of(new Outcome.Unavailable(), "fault Unavailable"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void hasAWordForEveryOutcome(Outcome outcome, String said) {
    // When
    Answer answer = words.answer(outcome);

    // Then
    assertThat(answer.body().toString()).isEqualTo(said);
  }

  @Test
  void letsADialectAnswerReplaysOtherwise() {
    // Given
    OutcomeWords other =
        new Words() {
          @Override
          public Answer replayed(Receipt receipt) {
            return said("replayed");
          }
        };

    // When
    Answer answer = other.answer(new Outcome.Replayed(RECEIPT));

    // Then
    assertThat(answer.body().toString()).isEqualTo("replayed");
  }

  @Test
  void handsTheReceiptOfWhatWasStoredOver() {
    // When
    Receipt receipt = words.receipt(new Outcome.Replayed(RECEIPT));

    // Then
    assertThat(receipt).isEqualTo(RECEIPT);
  }

  @Test
  void endsTheRequestWhereNothingWasStored() {
    // When
    var asking = assertThatThrownBy(() -> words.receipt(new Outcome.Expired()));

    // Then
    asking.isInstanceOfSatisfying(
        ApiException.class,
        ended -> assertThat(ended.answer().body().toString()).isEqualTo("fault DeadlinePassed"));
  }

  @Test
  void takesARefusalThatNobodyGaveForADefect() {
    // Given
    var refused = new Outcome.Refused(new Refusal() {}, Optional.empty());

    // When
    var asking = assertThatThrownBy(() -> words.answer(refused));

    // Then
    asking.isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsADetailOnlyWhereItWasStoredByAnotherRequest() {
    // Given
    Detail<String> sent = Detail.of("value", value -> "detail");
    Receipt other = new Receipt(ID, "test", true, Instant.EPOCH, "else", List.of());

    // When
    List<String> read =
        List.of(sent.in(RECEIPT, text -> "read"), sent.in(other, text -> "read " + text));

    // Then
    assertThat(read).containsExactly("value", "read else");
  }

  private static Answer said(String text) {
    return Answer.json(200, Buffer.buffer(text));
  }
}
