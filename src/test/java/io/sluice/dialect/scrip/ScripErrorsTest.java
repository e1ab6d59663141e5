package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Fault;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error of the contract, and what becomes of every outcome and fault. */
class ScripErrorsTest {
  private static final Duration SOON = Duration.ofMillis(1_500);

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(400, "invalid_request", ScripErrors.invalidRequest("m")),
        Arguments.of(400, "self_transfer", ScripErrors.selfTransfer("f")),
        Arguments.of(400, "invalid_scale", ScripErrors.invalidScale("f", 3, 2)),
        Arguments.of(400, "asset_not_linked", ScripErrors.assetNotLinked("a", "p")),
        Arguments.of(
            400, "max_transaction_amount_exceeded", ScripErrors.ceilingExceeded("f", "1.00")),
        Arguments.of(401, "unauthorized", ScripErrors.unauthorized("m")),
        Arguments.of(403, "forbidden", ScripErrors.forbidden("m")),
        Arguments.of(404, "not_found", ScripErrors.notFound("program", "p")),
        Arguments.of(409, "idempotency_conflict", ScripErrors.idempotencyConflict()),
        Arguments.of(409, "conflict", ScripErrors.conflict("m")),
        Arguments.of(422, "insufficient_balance", ScripErrors.insufficientBalance("s", "1", "2")),
        Arguments.of(422, "participant_not_active", ScripErrors.participantNotActive("f", "A")),
        Arguments.of(422, "program_not_active", ScripErrors.programNotActive("p")),
        Arguments.of(422, "asset_not_active", ScripErrors.assetNotActive("a")),
        Arguments.of(422, "group_not_active", ScripErrors.groupNotActive("f")),
        Arguments.of(429, "too_many_requests", ScripErrors.tooManyRequests("m", SOON)));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void isAFlatObjectWithCodeAndMessage(int status, String code, ErrorAnswer error) {
    assertError(error.answer(), status, code);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(404, "not_found", new Fault.NotFound("/x")),
        Arguments.of(405, "method_not_allowed", new Fault.MethodNotAllowed("PUT", "/x")),
        Arguments.of(413, "payload_too_large", new Fault.BodyTooLarge(10)),
        Arguments.of(415, "unsupported_media_type", new Fault.UnsupportedMediaType("x/y")),
        Arguments.of(400, "invalid_request", new Fault.InvalidJson("r")),
        Arguments.of(400, "invalid_request", new Fault.BadRequest("r")),
        Arguments.of(429, "too_many_requests", new Fault.Overloaded(SOON)),
        Arguments.of(503, "internal_error", new Fault.DeadlinePassed()),
        Arguments.of(503, "internal_error", new Fault.Unavailable()),
        Arguments.of(500, "internal_error", new Fault.Defect()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void answersEveryFault(int status, String code, Fault fault) {
    Answer answer = ScripErrors.fault(fault).answer();

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
    assertThat(ScripErrors.unauthorized("m").answer().headers())
        .containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void escapesWhatClientsSent() {
    JsonNode body = body(ScripErrors.notFound("participant", "\"\n\\\u0001").answer());

    assertThat(body.get("message").textValue()).contains("\"\n\\\u0001");
  }

  @Test
  void hasAReceiptForWhatWasPostedNowOrBefore() {
    var receipt =
        new Receipt(new TransferId(UUID.randomUUID()), "k", true, Instant.EPOCH, "{}", List.of());

    assertThat(Outcomes.receipt(new Outcome.Posted(receipt), unused())).isSameAs(receipt);
    assertThat(Outcomes.receipt(new Outcome.Replayed(receipt), unused())).isSameAs(receipt);
  }

  static Stream<Arguments> outcomes() {
    AccountRef account =
        AccountRef.available(new HolderId(UUID.randomUUID()), new AssetId(UUID.randomUUID()));
    var poor = new LedgerRefusal.InsufficientFunds(account, Amount.ZERO, Amount.of(1));
    return Stream.of(
        Arguments.of(
            409, "idempotency_conflict", new Outcome.Conflict(new TransferId(UUID.randomUUID()))),
        Arguments.of(429, "too_many_requests", new Outcome.Overloaded(SOON)),
        Arguments.of(503, "internal_error", new Outcome.Expired()),
        Arguments.of(503, "internal_error", new Outcome.Unavailable()),
        Arguments.of(422, "insufficient_balance", refused(poor)),
        Arguments.of(400, "invalid_request", refused(new LedgerRefusal.BalanceOutOfRange(account))),
        Arguments.of(400, "self_transfer", refused(ScripErrors.selfTransfer("f"))));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void answersEveryOtherOutcome(int status, String code, Outcome outcome) {
    assertThatThrownBy(
            () ->
                Outcomes.receipt(outcome, funds -> ScripErrors.insufficientBalance("s", "0", "1")))
        .isInstanceOfSatisfying(
            ApiException.class, thrown -> assertError(thrown.answer(), status, code));
  }

  @Test
  void takesARefusalAboutANamedLotForADefect() {
    var unknown = refused(new LedgerRefusal.LotUnknown(new LotId(UUID.randomUUID())));

    assertThatThrownBy(() -> Outcomes.receipt(unknown, unused()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Outcome refused(Refusal reason) {
    return new Outcome.Refused(reason, Optional.empty());
  }

  private static Function<LedgerRefusal.InsufficientFunds, ErrorAnswer> unused() {
    return funds -> {
      throw new AssertionError("nobody lacks funds");
    };
  }

  private static String retryAfter(Duration after) {
    return ScripErrors.tooManyRequests("m", after).answer().headers().get("Retry-After");
  }

  private static JsonNode body(Answer answer) {
    return Json.parse(answer.body());
  }

  private static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(body(answer).get("code").textValue()).isEqualTo(code);
    assertThat(body(answer).get("message").textValue()).isNotBlank();
    assertThat(body(answer).size()).isEqualTo(2);
  }
}
