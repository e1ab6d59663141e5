package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error of the contract, and what becomes of every outcome and fault. */
class ErrorsTest {
  private static final Duration SOON = Duration.ofMillis(1_500);
  private static final UUID ID = new UUID(1, 2);
  private static final Set<HolderStatus> MAY_PAY = Set.of(HolderStatus.CLOSED, HolderStatus.ACTIVE);
  private static final LotId LOT = new LotId(ID);
  private static final AccountRef ACCOUNT = AccountRef.available(new HolderId(ID), new AssetId(ID));

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(400, "bad_request", Errors.badRequest("m")),
        Arguments.of(400, "bad_request", Errors.invalid(FieldError.required("f"))),
        Arguments.of(400, "self_transfer", Errors.selfTransfer("f")),
        Arguments.of(400, "invalid_scale", Errors.invalidScale("f", 3, 2)),
        Arguments.of(400, "asset_not_linked", Errors.assetNotLinked(ID, ID)),
        Arguments.of(400, "max_transaction_amount_exceeded", Errors.ceilingExceeded("f", "1.00")),
        Arguments.of(401, "unauthorized", Errors.unauthorized("m")),
        Arguments.of(401, "unauthorized", Errors.invalidKey("m")),
        Arguments.of(404, "not_found", Errors.notFound("program", "p")),
        Arguments.of(409, "idempotency_conflict", Errors.idempotencyConflict()),
        Arguments.of(409, "conflict", Errors.conflict("m")),
        Arguments.of(422, "insufficient_balance", Errors.insufficientBalance("s", "1", "2")),
        Arguments.of(409, "participant_inactive", Errors.participantInactive("f", MAY_PAY)),
        Arguments.of(409, "program_inactive", Errors.programInactive(ID)),
        Arguments.of(409, "asset_inactive", Errors.assetInactive(ID)),
        Arguments.of(409, "group_inactive", Errors.groupInactive("f")),
        Arguments.of(429, "too_many_requests", Errors.tooManyRequests("m", SOON)));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void isAFlatObjectWithCodeAndMessage(int status, String code, Answer error) {
    assertError(error, status, code);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(404, "not_found", new Fault.NotFound("/x")),
        Arguments.of(405, "method_not_allowed", new Fault.MethodNotAllowed("PUT", "/x")),
        Arguments.of(413, "payload_too_large", new Fault.BodyTooLarge(10)),
        Arguments.of(415, "unsupported_media_type", new Fault.UnsupportedMediaType("x/y")),
        Arguments.of(400, "bad_request", new Fault.InvalidJson("r")),
        Arguments.of(400, "bad_request", new Fault.BadRequest("r")),
        Arguments.of(429, "too_many_requests", new Fault.Overloaded(SOON)),
        Arguments.of(503, "internal_error", new Fault.DeadlinePassed()),
        Arguments.of(503, "internal_error", new Fault.Unavailable()),
        Arguments.of(500, "internal_error", new Fault.Defect()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void answersEveryFault(int status, String code, Fault fault) {
    Answer answer = Errors.fault(fault);

    assertError(answer, status, code);
    boolean again = status == 429 || status == 503;
    assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(again);
  }

  @Test
  void roundsRetryAfterUpToWholeSeconds() {
    assertThat(retryAfter(Duration.ofMillis(1_001))).isEqualTo("2");
    assertThat(retryAfter(Duration.ofSeconds(2))).isEqualTo("2");
    assertThat(retryAfter(Duration.ofNanos(1))).isEqualTo("1");
    assertThat(retryAfter(Duration.ZERO)).isEqualTo("1");
  }

  @Test
  void saysHowToAuthenticate() {
    assertThat(Errors.unauthorized("m").headers()).containsEntry("WWW-Authenticate", "Bearer");
    assertThat(Errors.invalidKey("m").headers())
        .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  @Test
  void escapesWhatClientsSent() {
    JsonNode body = body(Errors.notFound("participant", "\"\n\\\u0001"));

    assertThat(body.get("message").textValue()).contains("\"\n\\\u0001");
  }

  @Test
  void saysWhichStatusesWouldDo() {
    Answer answer = Errors.inactive(Names.PARTICIPANT, "f", MAY_PAY);

    assertThat(body(answer).get("message").textValue())
        .isEqualTo("f names a participant that is not ACTIVE or CLOSED");
  }

  static Stream<Arguments> outcomes() {
    var poor = new LedgerRefusal.InsufficientFunds(ACCOUNT, Amount.ZERO, Amount.of(1));
    return Stream.of(
        Arguments.of(409, "idempotency_conflict", new Outcome.Conflict(new TransferId(ID))),
        Arguments.of(429, "too_many_requests", new Outcome.Overloaded(SOON)),
        Arguments.of(503, "internal_error", new Outcome.Expired()),
        Arguments.of(503, "internal_error", new Outcome.Unavailable()),
        Arguments.of(422, "insufficient_balance", refused(poor)),
        Arguments.of(400, "bad_request", refused(new LedgerRefusal.BalanceOutOfRange(ACCOUNT))),
        Arguments.of(
            422, "insufficient_balance", refused(new LedgerRefusal.TooManyLots(ACCOUNT, 30_000))),
        Arguments.of(429, "too_many_requests", refused(new LedgerRefusal.LotIdTaken(LOT))),
        Arguments.of(
            400, "self_transfer", refused(new ErrorAnswer(() -> Errors.selfTransfer("f")))));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void answersEveryOutcomeThatStoredNothing(int status, String code, Outcome outcome) {
    Answer answer = new PlainWords().answer(outcome);

    assertError(answer, status, code);
  }

  @Test
  void takesARefusalAboutAnIssuerForADefect() {
    var mismatch = refused(new LedgerRefusal.LotIssuerMismatch(LOT));

    assertThatThrownBy(() -> new PlainWords().answer(mismatch))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Outcome refused(Refusal reason) {
    return new Outcome.Refused(reason, Optional.empty());
  }

  /** The words that all commands share. */
  private record PlainWords() implements Words {
    @Override
    public Answer unpaid(LedgerRefusal.InsufficientFunds funds) {
      return Errors.insufficientBalance("s", "0", "1");
    }

    @Override
    public Answer stored(Receipt receipt) {
      throw new AssertionError("nothing was stored");
    }
  }

  private static String retryAfter(Duration after) {
    return Errors.tooManyRequests("m", after).headers().get("Retry-After");
  }

  private static JsonNode body(Answer answer) {
    return Json.parse(answer.body());
  }

  private static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(body(answer).get("code").textValue()).isEqualTo(code);
    assertThat(body(answer).get("message").textValue()).isNotBlank();
    assertThat(body(answer).fieldNames()).toIterable().isSubsetOf("code", "message", "details");
  }
}
