package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LedgerRefusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {
  private static final UUID ID = UUID.fromString("0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e80");

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(Errors.invalidJson("x"), 400, "request.invalid_json"),
        Arguments.of(Errors.badRequest("x"), 400, "request.malformed"),
        Arguments.of(Errors.currencyId(ID, "EUR"), 400, "ledger.currency_mismatch"),
        Arguments.of(Errors.balanceOutOfRange(), 400, "ledger.validation_failed"),
        Arguments.of(Errors.sameLedger(), 400, "ledger.same_ledger"),
        Arguments.of(Errors.currencyMismatch("EUR", "USD"), 400, "ledger.currency_mismatch"),
        Arguments.of(Errors.tokenMissing(), 401, "auth.unauthorized"),
        Arguments.of(Errors.tokenInvalid(), 401, "auth.unauthorized"),
        Arguments.of(Errors.tokenEnded(), 401, "auth.invalid_token"),
        Arguments.of(Errors.loginDenied(), 401, "auth.unauthorized"),
        Arguments.of(Errors.unauthorizedRole(), 403, "auth.unauthorized_role"),
        Arguments.of(Errors.ledgerNotFound(ID), 404, "ledger.not_found"),
        Arguments.of(Errors.routeNotFound("/v1/x"), 404, "request.not_found"),
        Arguments.of(Errors.methodNotAllowed("PUT", "/v1/x"), 405, "request.method_not_allowed"),
        Arguments.of(Errors.duplicateTransaction(ID), 409, "ledger.duplicate_transaction"),
        Arguments.of(Errors.codeExists("c"), 409, "ledger.code_exists"),
        Arguments.of(Errors.bodyTooLarge(10), 413, "request.body_too_large"),
        Arguments.of(Errors.unsupportedMediaType(), 415, "request.unsupported_media_type"),
        Arguments.of(Errors.insufficientFunds(funds()), 422, "ledger.insufficient_funds"),
        Arguments.of(Errors.inactive(ID), 422, "ledger.inactive"),
        Arguments.of(Errors.accountLocked(Duration.ofMinutes(15)), 423, "auth.account_locked"),
        Arguments.of(Errors.rateLimited(Duration.ZERO), 429, "request.rate_limited"),
        Arguments.of(Errors.internal(), 500, "internal.error"),
        Arguments.of(Errors.deadlinePassed(), 503, "service.deadline_passed"),
        Arguments.of(Errors.unavailable(), 503, "service.unavailable"));
  }

  private static LedgerRefusal.InsufficientFunds funds() {
    AccountRef account = AccountRef.available(new HolderId(ID), new AssetId(ID));
    return new LedgerRefusal.InsufficientFunds(account, Amount.of(5), Amount.of(6));
  }

  @ParameterizedTest
  @MethodSource("table")
  void answersWithStatusCodeAndMessage(Answer answer, int status, String code) {
    JsonNode body = Json.parse(answer.body());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(body.get("code").textValue()).isEqualTo(code);
    assertThat(body.get("message").textValue()).isNotBlank();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Fault.NotFound("/v1/x"), Errors.routeNotFound("/v1/x")),
        Arguments.of(
            new Fault.MethodNotAllowed("PUT", "/v1/x"), Errors.methodNotAllowed("PUT", "/v1/x")),
        Arguments.of(new Fault.UnsupportedMediaType("text/plain"), Errors.unsupportedMediaType()),
        Arguments.of(new Fault.BodyTooLarge(10), Errors.bodyTooLarge(10)),
        Arguments.of(new Fault.InvalidJson("x"), Errors.invalidJson("x")),
        Arguments.of(new Fault.BadRequest("x"), Errors.badRequest("x")),
        Arguments.of(new Fault.Overloaded(Duration.ZERO), Errors.rateLimited(Duration.ZERO)),
        Arguments.of(new Fault.DeadlinePassed(), Errors.deadlinePassed()),
        Arguments.of(new Fault.Unavailable(), Errors.unavailable()),
        Arguments.of(new Fault.Defect(), Errors.internal()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void hasAnErrorForEveryFault(Fault fault, Answer error) {
    assertThat(Errors.fault(fault)).isEqualTo(error);
  }

  @Test
  void namesEveryRefusedField() {
    var errors =
        List.of(
            new Errors.FieldError("amount", "must be more"),
            new Errors.FieldError("id", "must be a UUID"));

    JsonNode body = Json.parse(Errors.validationFailed(errors).body());

    assertThat(body.get("message").textValue()).contains("amount, id");
    assertThat(body.at("/details/errors").get(1))
        .isEqualTo(Json.parse("{\"field\":\"id\",\"message\":\"must be a UUID\"}"));
  }

  @Test
  void saysForHowMuchLongerAUserIsLocked() {
    // Given
    Duration remaining = Duration.ofMillis(41_001);

    // When
    Answer answer = Errors.accountLocked(remaining);

    // Then
    assertThat(answer.headers()).containsEntry("Retry-After", "42");
    assertThat(answer.body().toString()).contains("for up to 42 seconds");
  }

  @Test
  void roundsTheWaitUpToWholeSeconds() {
    assertThat(retryAfter(Duration.ZERO)).isEqualTo("1");
    assertThat(retryAfter(Duration.ofMillis(1_001))).isEqualTo("2");
    assertThat(retryAfter(Duration.ofSeconds(3))).isEqualTo("3");
  }

  private static String retryAfter(Duration wait) {
    return Errors.rateLimited(wait).headers().get("Retry-After");
  }

  @Test
  void tellsWhatTheLedgerCouldPay() {
    String message =
        Json.parse(Errors.insufficientFunds(funds()).body()).get("message").textValue();

    assertThat(message).contains("pay 5,").contains("6 is wanted");
  }
}
