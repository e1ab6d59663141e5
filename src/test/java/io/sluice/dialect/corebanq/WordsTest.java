package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
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

class WordsTest {
  private static final UUID TRANSACTION = UUID.randomUUID();
  private static final AccountRef ACCOUNT =
      AccountRef.available(new HolderId(new UUID(1, 1)), new AssetId(new UUID(1, 2)));
  private static final Receipt RECEIPT =
      new Receipt(
          new TransferId(new UUID(1, 3)), Names.TRANSFER, true, Instant.EPOCH, "stored", List.of());

  private final Words words =
      new Words(TRANSACTION, receipt -> Answer.json(201, Buffer.buffer(receipt.detail())));

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new Outcome.Conflict(RECEIPT.id()), 409, "ledger.duplicate_transaction"),
        Arguments.of(
            refused(new LedgerRefusal.InsufficientFunds(ACCOUNT, Amount.ZERO, Amount.of(1))),
            422,
            "ledger.insufficient_funds"),
        Arguments.of(
            refused(new LedgerRefusal.BalanceOutOfRange(ACCOUNT)), 400, "ledger.validation_failed"),
        Arguments.of(
            refused(new ErrorAnswer(Errors.inactive(TRANSACTION))), 422, "ledger.inactive"),
        Arguments.of(new Outcome.Overloaded(Duration.ofSeconds(1)), 429, "request.rate_limited"),
        Arguments.of(new Outcome.Expired(), 503, "service.deadline_passed"),
        Arguments.of(new Outcome.Unavailable(), 503, "service.unavailable"));
  }

  private static Outcome refused(Refusal reason) {
    return new Outcome.Refused(reason, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hasAnErrorForWhatFailed(Outcome outcome, int status, String code) {
    // When
    Answer answer = words.answer(outcome);

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).get("code").textValue()).isEqualTo(code);
  }

  @Test
  void answersAReplayLikeTheFirstTime() {
    Answer first = words.answer(new Outcome.Posted(RECEIPT));

    assertThat(first.body()).hasToString("stored");
    assertThat(words.answer(new Outcome.Replayed(RECEIPT))).isEqualTo(first);
  }

  @Test
  void namesTheTransactionThatWasUsedForSomethingElse() {
    Answer answer = words.answer(new Outcome.Conflict(RECEIPT.id()));

    assertThat(answer.body().toString()).contains(TRANSACTION.toString());
  }

  /** Currencies are plain numbers, so that this is a defect and no business answer. */
  @Test
  void hasNoWordForLots() {
    Outcome outcome = refused(new LedgerRefusal.LotUnknown(new LotId(new UUID(1, 4))));

    assertThatThrownBy(() -> words.answer(outcome)).isInstanceOf(IllegalStateException.class);
  }
}
