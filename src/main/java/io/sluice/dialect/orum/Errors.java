package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.store.orum.CustomerStore;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * Every error that Orum's Deliver API answers, in its envelope of {@code error_code}, {@code
 * message} and {@code details}. The codes are the provider's where it publishes one; the statuses
 * are only such as it declares, so there is neither a 409 nor a 422.
 */
final class Errors {
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private Errors() {}

  /** Orum declares no 405, 413 or 415. */
  static Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound notFound -> notFound();
      case Fault.MethodNotAllowed method -> notFound();
      case Fault.UnsupportedMediaType type ->
          badRequest(
              "the Content-Type must be application/json, or for " + Names.TOKEN_PATH + " a form");
      case Fault.BodyTooLarge(int limitBytes) ->
          badRequest("the body has more than " + limitBytes + " bytes");
      case Fault.InvalidJson(String reason) -> badRequest(reason);
      case Fault.BadRequest(String reason) -> badRequest(reason);
      case Fault.Unread(Fault.Unread.Cause cause, String reason) -> unread(cause, reason);
      case Fault.Overloaded(Duration retryAfter) -> tooManyRequests(retryAfter);
      case Fault.DeadlinePassed passed -> tooManyRequests(Names.RETRY_AFTER_EXPIRY);
      case Fault.NothingDone nothing -> nothingDone();
      case Fault.Unavailable unavailable -> fateUnknown();
      case Fault.Defect defect -> internalServerError();
    };
  }

  /** The provider has one status for whatever is wrong with a request, however large it is. */
  private static Answer unread(Fault.Unread.Cause cause, String reason) {
    return cause.status() < 500 ? badRequest(reason) : error(cause.status(), cause.code(), reason);
  }

  /** The ledger's refusals. A transfer's want of funds is none: it is recorded and shown. */
  static Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.BalanceOutOfRange range -> amountOutOfRange();
      // The system account's floor: all money together has a limit too.
      case LedgerRefusal.InsufficientFunds floor -> amountOutOfRange();
      case LedgerRefusal.OfLots lots ->
          throw new IllegalStateException("no dollar is in lots: " + lots);
    };
  }

  static Answer versionMissing() {
    return error(
        400, "version_missing", "The header Orum-Version is required: " + Names.VERSION + ".");
  }

  static Answer versionInvalid() {
    return error(
        400,
        "version_invalid",
        "The header Orum-Version must be " + Names.VERSION + ", the only version served.");
  }

  /** What no other code names, such as a body that is not JSON. */
  static Answer badRequest(String reason) {
    return error(400, "bad_request", "The request cannot be read: " + reason + ".");
  }

  /** Of an administrator's funding. */
  static Answer referenceOfAnotherAmount() {
    return badRequest("reference was used before with another amount");
  }

  /** Of an administrator's name for the enterprise. */
  static Answer referenceTaken() {
    return badRequest("reference is that of a person or a business");
  }

  static Answer missingClientId() {
    return error(400, "missing_client_id", "client_id is required");
  }

  static Answer invalidClientId() {
    return error(400, "invalid_client_id", "client_id must be a string");
  }

  static Answer missingClientSecret() {
    return error(400, "missing_client_secret", "client_secret is required");
  }

  static Answer invalidClientSecret() {
    return error(400, "invalid_client_secret", "client_secret must be a string");
  }

  static Answer missingBookTransferReferenceId() {
    return missingReferenceId("missing_book_transfer_reference_id", "Book transfer");
  }

  /** On create the provider uses the code of the type that its schema borrows. */
  static Answer invalidTransferGroupReferenceId() {
    return invalidReferenceId("invalid_transfer_group_reference_id", "Book transfer");
  }

  /** The list's filter. */
  static Answer invalidBookTransferReferenceId() {
    return invalidReferenceId("invalid_book_transfer_reference_id", "Book transfer");
  }

  static Answer duplicateBookTransferReferenceId(UUID existing) {
    return duplicate("duplicate_book_transfer_reference_id", "book transfer", existing);
  }

  static Answer missingAmount() {
    return error(400, "missing_amount", "amount is required: a whole number of cents, 1 or more.");
  }

  static Answer invalidAmount() {
    return error(
        400,
        "invalid_amount",
        "amount must be an integer number of cents from 1 to 9223372036854775807, not a string"
            + " and without fraction or exponent.");
  }

  /** The amount is well-formed, but a balance cannot hold it. */
  static Answer amountOutOfRange() {
    return error(
        400, "invalid_amount", "amount would take a balance past 9223372036854775807 cents.");
  }

  static Answer missingCurrency() {
    return error(400, "missing_currency", "currency is required: USD.");
  }

  static Answer invalidCurrency() {
    return error(400, "invalid_currency", "currency must be the string USD.");
  }

  static Answer invalidMetadata() {
    return error(400, "invalid_metadata", "Metadata must be a valid JSON object.");
  }

  static Answer missingSubledger(Side side) {
    return error(
        400,
        "missing_book_transfer_" + side.member() + "_subledger_reference_id",
        side.member() + ".subledger_reference_id is required when " + side.member() + " is sent.");
  }

  static Answer invalidSubledger(Side side) {
    return error(
        400,
        "invalid_book_transfer_" + side.member() + "_subledger_reference_id",
        side.member()
            + " must be an object with subledger_reference_id, a string of 1 character or more.");
  }

  static Answer missingSourceAndDestination() {
    return error(
        400,
        "missing_source_and_destination",
        "source or destination is required; whichever is absent stands for the enterprise"
            + " balance.");
  }

  static Answer sameSourceAndDestination() {
    return error(
        400, "same_source_and_destination", "source and destination must be two subledgers.");
  }

  static Answer unknownSubledger(Side side) {
    return error(
        404,
        "unknown_subledger_reference_id",
        side.member() + ".subledger_reference_id names no subledger. Nothing was stored.");
  }

  static Answer missingSubledgerReferenceId() {
    return missingReferenceId("missing_subledger_reference_id", "Subledger");
  }

  static Answer invalidSubledgerReferenceId() {
    return invalidReferenceId("invalid_subledger_reference_id", "Subledger");
  }

  static Answer duplicateSubledgerReferenceId(UUID existing) {
    return duplicate("duplicate_subledger_reference_id", "subledger", existing);
  }

  static Answer missingCustomerReferenceId() {
    return missingReferenceId("missing_customer_reference_id", "Customer");
  }

  static Answer invalidCustomerReferenceId() {
    return invalidReferenceId("invalid_customer_reference_id", "Customer");
  }

  /** Of a new subledger: nobody, or somebody who may own none. */
  static Answer unfitOwner() {
    return error(
        400,
        "invalid_customer_reference_id",
        "customer_reference_id must be that of the enterprise, or of a person or a business that is"
            + " verified and has fewer than "
            + CustomerStore.MAX_OWNED
            + " subledgers.");
  }

  static Answer invalidIndex() {
    return error(400, "invalid_index", "index must be a page number: 0 or more.");
  }

  static Answer invalidSize() {
    return error(
        400, "invalid_size", "size must be a whole number from 0 to " + Names.MAX_PAGE_SIZE + ".");
  }

  static Answer invalidStatus() {
    return error(400, "invalid_status", "status must be created, completed or failed.");
  }

  /** The provider uses one code for an id that is no UUID (400) and for one that is unknown. */
  static Answer malformedBookTransferId() {
    return error(400, "unknown_id_book_transfer", "The book transfer's id must be a UUID.");
  }

  static Answer unknownBookTransfer() {
    return error(404, "unknown_id_book_transfer", "There is no book transfer with this id.");
  }

  /** As with book transfers. */
  static Answer malformedSubledgerId() {
    return error(400, "unknown_id_subledger", "The subledger's id must be a UUID.");
  }

  static Answer unknownSubledgerId() {
    return error(404, "unknown_id_subledger", "There is no subledger with this id.");
  }

  static Answer invalidOrumId() {
    return error(400, "invalid_orum_id", "Orum ID is invalid. Pass in a valid uuid");
  }

  static Answer unknownReport() {
    return error(404, "not_found", "There is no report with this id.");
  }

  /**
   * @param member of a request for a report
   */
  static Answer missingOfReport(String member) {
    return error(400, "missing_" + member, member + " is required");
  }

  /**
   * @param member of a request for a report
   */
  static Answer invalidOfReport(String member) {
    String wanted =
        switch (member) {
          case "report_scope" -> "one of the following: total, enterprise, subledger";
          case Reader.SUBLEDGER_ID -> "a valid string";
          default -> "a valid timestamp";
        };
    return error(400, "invalid_" + member, member + " must be " + wanted);
  }

  /** A report declares no 404 for it. */
  static Answer unknownSubledgerOfReport() {
    return error(
        400, "unknown_subledger_reference_id", "subledger_reference_id names no subledger.");
  }

  static Answer tokenMissing() {
    return Bearer.challenge(
        unauthorized(
            "The header Authorization: Bearer <access token> is required; get a token from POST"
                + " /oauth/token."));
  }

  static Answer tokenInvalid() {
    return Bearer.invalid(
        unauthorized(
            "The access token is not valid or has expired; get a new one from POST"
                + " /oauth/token."));
  }

  static Answer credentialsInvalid() {
    return Bearer.challenge(
        unauthorized("client_id and client_secret do not match any credentials."));
  }

  private static Answer unauthorized(String what) {
    return error(401, "unauthorized", what);
  }

  static Answer forbidden(String scope) {
    return Bearer.insufficient(
        error(403, "forbidden", "The access token lacks the scope " + scope + "."), scope);
  }

  static Answer notFound() {
    return error(404, "not_found", "There is no such operation; check the method and the path.");
  }

  /** Nothing happened; the provider names the wait twice, in seconds and in milliseconds. */
  static Answer tooManyRequests(Duration retryAfter) {
    return RetryAfter.on(error(429, "too_many_requests", "Too Many Requests"), retryAfter)
        .with(RetryIn.HEADER, RetryIn.text(retryAfter));
  }

  static Answer internalServerError() {
    return error(
        500, "internal_server_error", "Something went wrong here; quote X-Request-Id when asking.");
  }

  static Answer nothingDone() {
    return RetryAfter.on(
        error(
            500,
            "internal_server_error",
            "The service cannot be reached for now, and nothing was done. Try again."),
        RETRY_SOON);
  }

  /** Value may have moved. The unique reference id makes trying again safe all the same. */
  static Answer fateUnknown() {
    return error(
        500,
        "internal_server_error",
        "The request could not be carried out, or its fate is not known. Send it again with the"
            + " same reference id: it cannot be carried out twice.");
  }

  /** Of the token call, the only one that declares it. */
  static Answer serviceUnavailable() {
    return RetryAfter.on(
        error(503, "service_unavailable", "Credentials cannot be checked right now; try again."),
        RETRY_SOON);
  }

  static Answer error(int status, String code, String message) {
    JsonWriter json = begin(code, message).nothing("details");
    return Help.answer(json, status, Names.DIALECT, code);
  }

  private static JsonWriter begin(String code, String message) {
    return JsonWriter.object().text("error_code", code).text("message", message);
  }

  /**
   * @param of whose reference id, with a capital letter as it begins a sentence
   */
  private static Answer missingReferenceId(String code, String of) {
    String name = of + " reference id";
    return error(
        400, code, name + " is required. Pass a unique " + name.toLowerCase(Locale.ROOT) + ".");
  }

  private static Answer invalidReferenceId(String code, String of) {
    return error(400, code, of + " reference id is invalid. Pass a string value.");
  }

  static Answer duplicate(String code, String of, UUID existing) {
    String message =
        "Resource already exists with provided %1$s reference id. Pass a unique %1$s reference id."
            .formatted(of);
    JsonWriter json = begin(code, message).object("details").uuid("id", existing);
    return Help.answer(json, 400, Names.DIALECT, code);
  }
}
