package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.RetryAfter;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every error that Scrip's API knows: a status, a stable code, a message that says what to do, and
 * of malformed requests the fields. Where the provider publishes no code for a situation, the code
 * is ours; the OpenAPI document lists them all.
 */
final class Errors {
  private static final String BAD_REQUEST = "bad_request";
  private static final String UNAUTHORIZED = "unauthorized";
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private Errors() {}

  /** What goes wrong outside the handlers, or inside them but through no fault of the client. */
  static Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound f -> error(404, "not_found", "there is nothing at this path");
      case Fault.MethodNotAllowed f ->
          error(405, "method_not_allowed", "this path does not take " + f.method());
      case Fault.UnsupportedMediaType f ->
          error(415, "unsupported_media_type", "send the body as application/json");
      case Fault.BodyTooLarge f ->
          error(413, "payload_too_large", "the body has more than " + f.limitBytes() + " bytes");
      case Fault.InvalidJson f -> badRequest(f.reason());
      case Fault.BadRequest f -> badRequest(f.reason());
      case Fault.Unread f -> error(f.cause().status(), f.cause().code(), f.reason());
      case Fault.Overloaded f ->
          tooManyRequests("the service is busy and nothing has happened; retry", f.retryAfter());
      case Fault.DeadlinePassed f ->
          unavailable("the request waited too long and nothing has happened; retry");
      case Fault.NothingDone f ->
          unavailable("the service is out of order for now and nothing has happened; retry");
      case Fault.Unavailable f ->
          unavailable(
              "the service is out of order for now; whether anything happened is unknown, so retry"
                  + " with the same idempotency_key");
      case Fault.Defect f ->
          error(500, "internal_error", "an internal error; quote X-Request-Id when you report it");
    };
  }

  /**
   * What the ledger refuses.
   *
   * @param unpaid the answer when somebody holds too little
   */
  static Answer refused(LedgerRefusal refusal, Function<InsufficientFunds, Answer> unpaid) {
    return switch (refusal) {
      case InsufficientFunds funds -> unpaid.apply(funds);
      case LedgerRefusal.BalanceOutOfRange range ->
          badRequest("a balance would have more than " + Decimals.MAX_DIGITS + " digits");
      case LedgerRefusal.TooManyLots lots -> tooManyLots(lots.limit());
      case LedgerRefusal.LotIdTaken taken ->
          fault(new Fault.Overloaded(OutcomeWords.RETRY_AFTER_DRAWN_TWICE));
      case LedgerRefusal.LotUnknown unknown -> notFound("lot", unknown.lot().value());
      case LedgerRefusal.LotNotHeld elsewhere ->
          notFound("lot in this bucket", elsewhere.lot().value());
      case LedgerRefusal.NothingToMove nothing -> nothingToMove();
      case LedgerRefusal.OfLots issued ->
          throw new IllegalStateException("no lot has an issuer: " + issued);
    };
  }

  /** The request is malformed as a whole. */
  static Answer badRequest(String message) {
    return error(400, BAD_REQUEST, message);
  }

  /** A field may not be as it is. */
  static Answer invalid(FieldError amiss) {
    return invalid(List.of(amiss));
  }

  /**
   * Some fields may not be as they are.
   *
   * @param amiss all of them, at least one
   */
  static Answer invalid(List<FieldError> amiss) {
    JsonWriter json = begin(BAD_REQUEST, "Invalid request parameters").object("details");
    amiss.getFirst().writeFirst(json);
    json.objects("fields", amiss, (each, field) -> field.write(each)).end();
    return Help.answer(json, 400, Names.DIALECT, BAD_REQUEST);
  }

  static Answer selfTransfer(String field) {
    return error(400, "self_transfer", field + " is the source itself; name another recipient");
  }

  static Answer invalidScale(String field, int decimals, int scale) {
    return error(
        400,
        "invalid_scale",
        field + " has " + decimals + " decimals, but the asset has at most " + scale);
  }

  static Answer tooManyDigits(String field) {
    return invalid(
        FieldError.invalid(
            field,
            "decimal string",
            "has more than " + Decimals.MAX_DIGITS + " digits at the asset's scale"));
  }

  static Answer assetNotLinked(UUID asset, UUID program) {
    return error(
        400,
        "asset_not_linked",
        "asset " + asset + " is not linked to program " + program + "; link it first");
  }

  static Answer ceilingExceeded(String field, String ceiling) {
    return error(
        400,
        "max_transaction_amount_exceeded",
        field + " is more than the asset's max_transaction_amount of " + ceiling);
  }

  /** There is no API key. */
  static Answer unauthorized(String message) {
    return Bearer.challenge(error(401, UNAUTHORIZED, message));
  }

  /** The API key is no good. */
  static Answer invalidKey(String message) {
    return Bearer.invalid(error(401, UNAUTHORIZED, message));
  }

  /**
   * Something that does not exist, or exists in another organisation.
   *
   * @param what what kind of thing, such as {@code program}
   */
  static Answer notFound(String what, Object reference) {
    return error(404, "not_found", "there is no " + what + " " + reference);
  }

  static Answer idempotencyConflict() {
    return error(
        409,
        "idempotency_conflict",
        "this idempotency_key was used in this program for a different request");
  }

  /** A clash with what is there already. */
  static Answer conflict(String message) {
    return error(409, "conflict", message);
  }

  static Answer notResendable(UUID delivery, String status) {
    return error(
        409,
        "not_resendable",
        "webhook delivery " + delivery + " is " + status + "; it must be DELIVERED or FAILED");
  }

  static Answer endpointNotActive(UUID endpoint) {
    return error(409, "endpoint_not_active", "webhook endpoint " + endpoint + " is not ACTIVE");
  }

  static Answer insufficientBalance(String whose, String available, String required) {
    return error(
        422,
        "insufficient_balance",
        whose + " has " + available + " available, but " + required + " is required");
  }

  /** There is nothing at all of what was asked for. */
  static Answer nothingToMove() {
    return error(422, "insufficient_balance", "there is nothing in the bucket that matches");
  }

  /** There is enough, but in too many parts to be taken at once. */
  static Answer tooManyLots(int limit) {
    return error(
        422,
        "insufficient_balance",
        "the amount is not in the " + limit + " oldest lots together; move it in smaller amounts");
  }

  static Answer programInactive(UUID program) {
    return error(409, "program_inactive", "program " + program + " is not ACTIVE");
  }

  static Answer assetInactive(UUID asset) {
    return error(409, "asset_inactive", "asset " + asset + " is ARCHIVED");
  }

  /**
   * A participant or a group may not take part.
   *
   * @param holderKind which of both
   * @param allowed the statuses in which a participant might
   */
  static Answer inactive(String holderKind, String field, Set<HolderStatus> allowed) {
    return holderKind.equals(Names.GROUP)
        ? groupInactive(field)
        : participantInactive(field, allowed);
  }

  static Answer participantInactive(String field, Set<HolderStatus> allowed) {
    String statuses =
        allowed.stream().sorted().map(HolderStatus::name).collect(Collectors.joining(" or "));
    return error(
        409, "participant_inactive", field + " names a participant that is not " + statuses);
  }

  static Answer groupInactive(String field) {
    return error(409, "group_inactive", field + " names a group that is ARCHIVED");
  }

  /**
   * More than is left of a redemption.
   *
   * @param left what is, at the asset's scale
   * @param wanted more than that
   */
  static Answer reversalExceeds(String left, String wanted) {
    return reversalExceeds(wanted + " is to be reversed, but only " + left + " is left");
  }

  static Answer nothingLeftToReverse() {
    return reversalExceeds("all of the redemption has been reversed");
  }

  private static Answer reversalExceeds(String message) {
    return error(422, "reversal_exceeds_redemption", message);
  }

  /**
   * Too many requests of this organisation, or of all.
   *
   * @param retryAfter rounded up to whole seconds, at least one
   */
  static Answer tooManyRequests(String message, Duration retryAfter) {
    return RetryAfter.on(error(429, "too_many_requests", message), retryAfter);
  }

  private static Answer unavailable(String message) {
    return RetryAfter.on(error(503, "internal_error", message), RETRY_SOON);
  }

  private static Answer error(int status, String code, String message) {
    return Help.answer(begin(code, message), status, Names.DIALECT, code);
  }

  private static JsonWriter begin(String code, String message) {
    return JsonWriter.object().text("code", code).text("message", message);
  }
}
