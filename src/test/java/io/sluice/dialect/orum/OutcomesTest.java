package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
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

/** Every outcome of the pipeline has an answer, also those that are hard to bring about. */
class OutcomesTest {
  private static final TransferId ID = new TransferId(new UUID(7, 7));
  private static final AccountRef ACCOUNT = new Accounts(new TenantId(1)).enterpriseAccount();
  private static final LedgerRefusal TOO_LITTLE =
      new LedgerRefusal.InsufficientFunds(ACCOUNT, Amount.ZERO, Amount.of(1));

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.Posted(receipt(true)), "200 completed"),
        Arguments.of(new Outcome.Refused(TOO_LITTLE, Optional.of(receipt(false))), "200 failed"),
        Arguments.of(
            new Outcome.Replayed(receipt(true)), "400 duplicate_book_transfer_reference_id"),
        Arguments.of(
            new Outcome.Replayed(receipt(false)), "400 duplicate_book_transfer_reference_id"),
        Arguments.of(new Outcome.Conflict(ID), "400 duplicate_book_transfer_reference_id"),
        Arguments.of(
            new Outcome.Refused(
                new ErrorAnswer(Errors.unknownSubledger(Side.SOURCE)), Optional.empty()),
            "404 unknown_subledger_reference_id"),
        Arguments.of(
            new Outcome.Refused(new LedgerRefusal.BalanceOutOfRange(ACCOUNT), Optional.empty()),
            "400 invalid_amount"),
        Arguments.of(new Outcome.Overloaded(Duration.ofMillis(1500)), "429 too_many_requests"),
        Arguments.of(new Outcome.Expired(), "429 too_many_requests"),
        Arguments.of(new Outcome.Unavailable(), "500 internal_server_error"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void aTransferIsAnswered(Outcome outcome, String expected) {
    // When
    Answer answer = Transfers.WORDS.answer(outcome);

    // Then
    assertThat(summary(answer)).isEqualTo(expected);
  }

  @Test
  void anOverloadSaysWhenToComeBack() {
    // When
    Answer answer = Transfers.WORDS.answer(new Outcome.Overloaded(Duration.ofMillis(1500)));

    // Then
    assertThat(answer.headers())
        .containsEntry("Retry-After", "2")
        .containsEntry("X-Retry-In", "1.5s");
  }

  @Test
  void aDuplicateNamesTheTransferThatIsThere() {
    for (Outcome outcome : List.of(new Outcome.Replayed(receipt(true)), new Outcome.Conflict(ID))) {
      assertThat(Json.parse(Transfers.WORDS.answer(outcome).body()).at("/details/id").textValue())
          .isEqualTo(ID.value().toString());
    }
  }

  @Test
  void aRefusalThatCannotBeIsADefect() {
    var outcome =
        new Outcome.Refused(
            new LedgerRefusal.LotUnknown(new LotId(new UUID(1, 1))), Optional.empty());

    assertThatThrownBy(() -> Transfers.WORDS.answer(outcome))
        .isInstanceOf(IllegalStateException.class);
  }

  static Stream<Arguments> fundings() {
    return Stream.of(
        Arguments.of(new Outcome.Conflict(ID), "400 bad_request"),
        Arguments.of(
            new Outcome.Refused(new LedgerRefusal.BalanceOutOfRange(ACCOUNT), Optional.empty()),
            "400 invalid_amount"),
        Arguments.of(new Outcome.Refused(TOO_LITTLE, Optional.empty()), "400 invalid_amount"),
        Arguments.of(new Outcome.Overloaded(Duration.ZERO), "429 too_many_requests"),
        Arguments.of(new Outcome.Expired(), "429 too_many_requests"),
        Arguments.of(new Outcome.Unavailable(), "500 internal_server_error"));
  }

  @ParameterizedTest
  @MethodSource("fundings")
  void aFundingIsAnswered(Outcome outcome, String expected) {
    assertThat(summary(Administration.WORDS.answer(outcome))).isEqualTo(expected);
  }

  private static String summary(Answer answer) {
    var json = Json.parse(answer.body());
    String word =
        json.has("error_code")
            ? json.get("error_code").textValue()
            : json.at("/book_transfer/status").textValue();
    return answer.status() + " " + word;
  }

  private static Receipt receipt(boolean posted) {
    String detail =
        TransferDetail.of(
            new TransferRequest(
                "r", Amount.of(1), Optional.empty(), Optional.empty(), Optional.of("b")));
    return new Receipt(ID, Names.BOOK_TRANSFER, posted, Instant.EPOCH, detail, List.of());
  }
}
