package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Every error that Scrip's API knows: a status, a stable code, and a message that says what to do.
 * Where the provider publishes no code for a situation, the code is ours; the OpenAPI document
 * lists them all.
 */
final class ScripErrors {
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private ScripErrors() {}

  /** The request is malformed, whatever the books say. */
  static ErrorAnswer invalidRequest(String message) {
    return error(400, "invalid_request", message);
  }

  static ErrorAnswer selfTransfer(String field) {
    return error(400, "self_transfer", field + " is the source itself; name another recipient");
  }

  static ErrorAnswer invalidScale(String field, int decimals, int scale) {
    return error(
        400,
        "invalid_scale",
        field + " has " + decimals + " decimals, but the asset has at most " + scale);
  }

  static ErrorAnswer assetNotLinked(Object asset, Object program) {
    return error(
        400,
        "asset_not_linked",
        "asset " + asset + " is not linked to program " + program + "; link it first");
  }

  static ErrorAnswer ceilingExceeded(String field, String ceiling) {
    return error(
        400,
        "max_transaction_amount_exceeded",
        field + " is more than the asset's max_transaction_amount of " + ceiling);
  }

  static ErrorAnswer unauthorized(String message) {
    return new ErrorAnswer(
        error(401, "unauthorized", message).answer().with("WWW-Authenticate", "Bearer"));
  }

  /**
   * A good key without access to something. Nothing answers it today, as a key may do everything
   * within its organisation and everything outside is not found.
   */
  static ErrorAnswer forbidden(String message) {
    return error(403, "forbidden", message);
  }

  /**
   * Something that does not exist, or exists in another organisation.
   *
   * @param what what kind of thing, such as {@code program}
   */
  static ErrorAnswer notFound(String what, Object reference) {
    return error(404, "not_found", "there is no " + what + " " + reference);
  }

  static ErrorAnswer idempotencyConflict() {
    return error(
        409,
        "idempotency_conflict",
        "this idempotency_key was used in this program for a different request");
  }

  /** A clash with what is there already. */
  static ErrorAnswer conflict(String message) {
    return error(409, "conflict", message);
  }

  static ErrorAnswer insufficientBalance(String whose, String available, String required) {
    return error(
        422,
        "insufficient_balance",
        whose + " has " + available + " available, but " + required + " is required");
  }

  static ErrorAnswer programNotActive(Object program) {
    return error(422, "program_not_active", () -> "program " + program + " is not ACTIVE");
  }

  static ErrorAnswer assetNotActive(Object asset) {
    return error(422, "asset_not_active", () -> "asset " + asset + " is not ACTIVE");
  }

  static ErrorAnswer participantNotActive(String field, String allowed) {
    return error(
        422, "participant_not_active", () -> field + " names a participant that is not " + allowed);
  }

  static ErrorAnswer groupNotActive(String field) {
    return error(422, "group_not_active", () -> field + " names a group that is not ACTIVE");
  }

  /**
   * Too many requests of this organisation, or of all.
   *
   * @param retryAfter rounded up to whole seconds, at least one
   */
  static ErrorAnswer tooManyRequests(String message, Duration retryAfter) {
    return retry(error(429, "too_many_requests", message), retryAfter);
  }

  /** What goes wrong outside the handlers, or inside them but through no fault of the client. */
  static ErrorAnswer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound f -> error(404, "not_found", "there is nothing at this path");
      case Fault.MethodNotAllowed f ->
          error(405, "method_not_allowed", "this path does not take " + f.method());
      case Fault.UnsupportedMediaType f ->
          error(415, "unsupported_media_type", "send the body as application/json");
      case Fault.BodyTooLarge f ->
          error(413, "payload_too_large", "the body has more than " + f.limitBytes() + " bytes");
      case Fault.InvalidJson f -> invalidRequest(f.reason());
      case Fault.BadRequest f -> invalidRequest(f.reason());
      case Fault.Overloaded f ->
          tooManyRequests("the service is busy and nothing has happened; retry", f.retryAfter());
      case Fault.DeadlinePassed f ->
          unavailable("the request waited too long and nothing has happened; retry");
      case Fault.Unavailable f ->
          unavailable(
              "the service is out of order for now; whether anything happened is unknown, so retry"
                  + " with the same idempotency_key");
      case Fault.Defect f ->
          error(500, "internal_error", "an internal error; quote X-Request-Id when you report it");
    };
  }

  /** Ends the handling of a request with this error. */
  static ApiException thrown(ErrorAnswer error) {
    return new ApiException(error.answer());
  }

  private static ErrorAnswer unavailable(String message) {
    return retry(error(503, "internal_error", message), RETRY_SOON);
  }

  private static ErrorAnswer retry(ErrorAnswer error, Duration after) {
    return new ErrorAnswer(RetryAfter.on(error.answer(), after));
  }

  private static ErrorAnswer error(int status, String code, String message) {
    return error(status, code, () -> message);
  }

  /** For what every transfer carries in its checks and hardly any sends. */
  private static ErrorAnswer error(int status, String code, Supplier<String> message) {
    return new ErrorAnswer(
        () ->
            Answer.json(
                status,
                JsonWriter.object().text("code", code).text("message", message.get()).toBuffer()));
  }
}
