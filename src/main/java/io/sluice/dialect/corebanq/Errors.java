package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;
import io.sluice.ledger.Amount;
import io.sluice.ledger.LedgerRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every error answer of this dialect: {@code {"code": "<area>.<reason>", "message": "<text>"}}, and
 * {@code details} where fields are refused. The codes of the {@code auth} area are CoreBanq's own;
 * it publishes no others.
 */
final class Errors {
  /** How long a client should wait for the gateway to find its database again. */
  private static final Duration UNAVAILABLE_RETRY_AFTER = Duration.ofSeconds(1);

  private static final String VALIDATION_FAILED = "ledger.validation_failed";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String INVALID_TOKEN = " error=\"invalid_token\"";

  private Errors() {}

  /**
   * A field that was refused.
   *
   * @param field its name as the client wrote it
   * @param message what it must be
   */
  record FieldError(String field, String message) {
    private static void write(JsonWriter json, FieldError error) {
      json.text("field", error.field()).text("message", error.message());
    }
  }

  static Answer invalidJson(String reason) {
    return error(400, "request.invalid_json", "The body is not acceptable JSON: " + reason + ".");
  }

  static Answer badRequest(String reason) {
    return error(400, "request.malformed", "The request is malformed: " + reason + ".");
  }

  static Answer validationFailed(List<FieldError> errors) {
    String fields = errors.stream().map(FieldError::field).collect(Collectors.joining(", "));
    String message = "The request is not valid, see details.errors: " + fields + ".";
    JsonWriter json = begin(VALIDATION_FAILED, message).object("details");
    return answer(400, VALIDATION_FAILED, json.objects("errors", errors, FieldError::write).end());
  }

  private static Answer validationFailed(String field, String message) {
    return validationFailed(List.of(new FieldError(field, message)));
  }

  static Answer balanceOutOfRange() {
    return validationFailed("amount", "takes a balance beyond " + Amount.MAX_LONG + " either way");
  }

  /** The tenant's ledgers in this currency have another id for it. */
  static Answer currencyId(UUID known, String code) {
    return currencyMismatch("The currency_id of " + code + " is " + known + ".");
  }

  /** The tenant's ledgers in another currency have this id for it. */
  static Answer currencyIdTaken(UUID id, String code) {
    return currencyMismatch("The currency_id " + id + " is that of another currency than " + code);
  }

  static Answer parentCurrency(String parent, String code) {
    return currencyMismatch("The parent ledger is in " + parent + ", the new one in " + code + ".");
  }

  static Answer sameLedger() {
    return error(
        400, "ledger.same_ledger", "The source and the destination are one and the same ledger.");
  }

  static Answer currencyMismatch(String source, String destination) {
    return currencyMismatch(
        "The source ledger is in "
            + source
            + " and the destination ledger in "
            + destination
            + ".");
  }

  private static Answer currencyMismatch(String message) {
    return error(400, "ledger.currency_mismatch", message);
  }

  static Answer tokenMissing() {
    return unauthorized("auth.unauthorized", "Send Authorization: Bearer and an access token.", "");
  }

  static Answer tokenInvalid() {
    return unauthorized(
        "auth.unauthorized", "The access token is unknown or not for this API.", INVALID_TOKEN);
  }

  static Answer tokenEnded() {
    return unauthorized(
        "auth.invalid_token", "The access token has expired or was revoked.", INVALID_TOKEN);
  }

  static Answer refreshRefused() {
    return unauthorized(
        "auth.invalid_token",
        "The refresh token is missing, was used, has expired or is of another application or user;"
            + " sign in again.",
        INVALID_TOKEN);
  }

  static Answer invalidOtp() {
    return unauthorized(
        "auth.invalid_otp", "The code is wrong or out of date, or nothing has asked for it.", "");
  }

  static Answer invalidAppId() {
    return error(400, "auth_m.invalid_app_id", "Users cannot sign in through this X-App-ID.");
  }

  static Answer notInternal() {
    return error(403, "auth.unauthorized_role", "The user does not have the Internal role.")
        .with(CHALLENGE, "Bearer error=\"insufficient_scope\"");
  }

  static Answer userNotFound(UUID id) {
    return error(404, "ledger.not_found", "There is no user " + id + ".");
  }

  static Answer loginDenied() {
    return unauthorized("auth.unauthorized", "The username or the password is wrong.", "");
  }

  /**
   * @param why what RFC 6750 calls it, as a parameter of the challenge; empty where nothing was
   *     sent
   */
  private static Answer unauthorized(String code, String message, String why) {
    return error(401, code, message).with(CHALLENGE, "Bearer" + why);
  }

  static Answer unauthorizedRole() {
    return error(403, "auth.unauthorized_role", "The role behind this token may not do this.")
        .with(CHALLENGE, "Bearer error=\"insufficient_scope\"");
  }

  /**
   * @param remaining how long the lock lasts from now on, at the most
   */
  static Answer accountLocked(Duration remaining) {
    String wait = RetryAfter.seconds(remaining);
    return error(
            423,
            "auth.account_locked",
            "Too many failed logins; the user is locked for up to " + wait + " seconds.")
        .with(RetryAfter.HEADER, wait);
  }

  static Answer routeNotFound(String path) {
    return error(404, "request.not_found", "There is nothing at " + path + ".");
  }

  static Answer ledgerNotFound(UUID id) {
    return error(404, "ledger.not_found", "There is no ledger " + id + ".");
  }

  static Answer entryNotFound(UUID id) {
    return error(404, "ledger.entry_not_found", "The ledger has no entry " + id + ".");
  }

  static Answer methodNotAllowed(String method, String path) {
    return error(
        405, "request.method_not_allowed", path + " does not take the method " + method + ".");
  }

  static Answer bodyTooLarge(int limitBytes) {
    return error(
        413,
        "request.body_too_large",
        "The body, or a line of it, is larger than " + limitBytes + " bytes.");
  }

  static Answer unsupportedMediaType() {
    return error(
        415,
        "request.unsupported_media_type",
        "Send the body with Content-Type: application/json, or application/x-ndjson where it is"
            + " lines, in UTF-8 and without Content-Encoding.");
  }

  static Answer duplicateTransaction(UUID transaction) {
    return error(
        409,
        "ledger.duplicate_transaction",
        "The transaction_id " + transaction + " was already used for a different request.");
  }

  static Answer codeExists(String code) {
    return error(
        409, "ledger.code_exists", "There is a ledger with the code " + code + " already.");
  }

  static Answer insufficientFunds(LedgerRefusal.InsufficientFunds refusal) {
    return error(
        422,
        "ledger.insufficient_funds",
        String.format(
            Locale.ROOT,
            "The ledger can pay %s, its overdraft limit included, and %s is wanted.",
            refusal.available(),
            refusal.required()));
  }

  /** An overdraft limit would end below what is in use of it. */
  static Answer overdraftInUse(Amount balance) {
    return error(
        422,
        "ledger.insufficient_funds",
        "The balance is " + balance + ", which the overdraft limit would not allow.");
  }

  static Answer notEmpty(Amount balance) {
    return error(
        422, "ledger.not_empty", "A ledger is closed with a balance of 0, not " + balance + ".");
  }

  static Answer closed(UUID ledger) {
    return error(422, "ledger.inactive", "The ledger " + ledger + " is closed for good.");
  }

  static Answer tooManyLedgers(int most) {
    return tooManyLedgers(
        "The report has room for " + most + " accounts; ask for one currency_code.");
  }

  static Answer tooManyToOrder(int most) {
    return tooManyLedgers(
        "More than "
            + most
            + " ledgers would have to be looked at; filter, sort by created_at, or skip fewer.");
  }

  private static Answer tooManyLedgers(String message) {
    return error(422, "ledger.too_many_ledgers", message);
  }

  /**
   * Where a period, or what is to be looked through, holds more than is told at once.
   *
   * @param times the parameters that make it less
   */
  static Answer tooManyEntries(int most, String times) {
    return error(
        422,
        "ledger.too_many_entries",
        "This would take more than " + most + " entries; choose a shorter time by " + times + ".");
  }

  static Answer inactive(UUID ledger) {
    return error(422, "ledger.inactive", "The ledger " + ledger + " is not active.");
  }

  static Answer rateLimited(Duration retryAfter) {
    return RetryAfter.on(
        error(429, "request.rate_limited", "Too many requests; nothing was done."), retryAfter);
  }

  static Answer deadlinePassed() {
    return RetryAfter.on(
        error(
            503,
            "service.deadline_passed",
            "The request waited too long and was given up; nothing was done, try again."),
        UNAVAILABLE_RETRY_AFTER);
  }

  static Answer nothingDone() {
    return RetryAfter.on(
        error(
            503,
            "service.nothing_done",
            "The ledgers cannot be reached; nothing was done, try again."),
        UNAVAILABLE_RETRY_AFTER);
  }

  static Answer unavailable() {
    return RetryAfter.on(
        error(
            503,
            "service.unavailable",
            "The ledgers cannot be reached, so it is not known whether the request was carried out;"
                + " try again with the same transaction_id."),
        UNAVAILABLE_RETRY_AFTER);
  }

  static Answer internal() {
    return error(500, "internal.error", "The request failed for a reason of our own.");
  }

  /** What goes wrong before or after a handler. */
  static Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound f -> routeNotFound(f.path());
      case Fault.MethodNotAllowed f -> methodNotAllowed(f.method(), f.path());
      case Fault.UnsupportedMediaType f -> unsupportedMediaType();
      case Fault.BodyTooLarge f -> bodyTooLarge(f.limitBytes());
      case Fault.InvalidJson f -> invalidJson(f.reason());
      case Fault.BadRequest f -> badRequest(f.reason());
      case Fault.Unread f -> error(f.cause().status(), "request." + f.cause().code(), f.reason());
      case Fault.Overloaded f -> rateLimited(f.retryAfter());
      case Fault.DeadlinePassed f -> deadlinePassed();
      case Fault.NothingDone f -> nothingDone();
      case Fault.Unavailable f -> unavailable();
      case Fault.Defect f -> internal();
    };
  }

  /** The ledger's own refusals. */
  static Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.InsufficientFunds funds -> insufficientFunds(funds);
      case LedgerRefusal.BalanceOutOfRange range -> balanceOutOfRange();
      case LedgerRefusal.OfLots lots ->
          throw new IllegalStateException("no currency has lots: " + lots);
    };
  }

  private static Answer error(int status, String code, String message) {
    return answer(status, code, begin(code, message));
  }

  private static JsonWriter begin(String code, String message) {
    return JsonWriter.object().text("code", code).text("message", message);
  }

  private static Answer answer(int status, String code, JsonWriter json) {
    return Help.answer(json, status, Names.DIALECT, code);
  }
}
