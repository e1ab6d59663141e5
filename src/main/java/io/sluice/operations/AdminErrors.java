package io.sluice.operations;

import io.sluice.access.CredentialRefused;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;

/** Every error of the management port: {@code {"error": code, "message": …}}. */
final class AdminErrors {
  private AdminErrors() {}

  static ApiException unauthorized() {
    return new ApiException(
        error(401, "unauthorized", "Send the admin token as Authorization: Bearer TOKEN.")
            .with("WWW-Authenticate", "Bearer"));
  }

  static ApiException wrongToken() {
    return new ApiException(
        error(401, "unauthorized", "This is nobody's token, or it is not in force any more."));
  }

  static ApiException signedOut() {
    return new ApiException(error(401, "signed_out", "Sign in to the console."));
  }

  static ApiException elsewhere() {
    return new ApiException(
        error(403, "foreign_page", "The request does not come from a page of the console."));
  }

  static ApiException crowded() {
    return new ApiException(
        error(503, "crowded", "Too many are at the console; try again later.")
            .with("Retry-After", "60"));
  }

  static ApiException forbidden() {
    return new ApiException(error(403, "forbidden", "Your role does not allow this."));
  }

  static ApiException unknownTenant() {
    return new ApiException(error(404, "unknown_tenant", "There is no such tenant."));
  }

  static ApiException unknownCredential() {
    return new ApiException(
        error(404, "unknown_credential", "The tenant has no such credential of this type."));
  }

  /**
   * @param kind what was looked for, in one word: {@code organisation}
   */
  static ApiException unknownSubject(String kind) {
    return new ApiException(
        error(404, "unknown_" + kind, "The tenant has no " + kind + " of this id."));
  }

  static ApiException nameTaken(String what) {
    return new ApiException(error(409, "name_taken", what + " is taken."));
  }

  static ApiException closed() {
    return new ApiException(error(409, "closed", "The tenant is closed, which cannot be undone."));
  }

  /**
   * @param why a sentence that also says what can be done instead
   */
  static Answer notReversible(String why) {
    return error(409, "not_reversible", why);
  }

  static Answer valueGone(String where) {
    return error(409, "value_gone", where);
  }

  static ApiException running() {
    return new ApiException(error(409, "running", "The books are being verified already."));
  }

  static ApiException invalid(String message) {
    return new ApiException(error(400, "invalid", message));
  }

  static ApiException busy() {
    return new ApiException(
        error(503, "busy", "Too many passwords are being checked; nothing happened, try again.")
            .with("Retry-After", "1"));
  }

  static ApiException of(CredentialRefused refused) {
    return switch (refused.reason()) {
      case INVALID -> invalid(refused.getMessage());
      case UNKNOWN_TENANT -> unknownTenant();
      case CLOSED -> closed();
      case NAME_TAKEN -> new ApiException(error(409, "name_taken", refused.getMessage()));
      case TOO_MANY -> new ApiException(error(409, "too_many", refused.getMessage()));
    };
  }

  static Answer of(Fault fault) {
    return switch (fault) {
      case Fault.NotFound missing -> error(404, "not_found", "There is nothing at this path.");
      case Fault.MethodNotAllowed wrong ->
          error(405, "method_not_allowed", "This path does not take " + wrong.method() + ".");
      case Fault.UnsupportedMediaType wrong ->
          error(415, "unsupported_media_type", "The body must be application/json.");
      case Fault.BodyTooLarge big ->
          error(413, "body_too_large", "A body has at most " + big.limitBytes() + " bytes.");
      case Fault.InvalidJson bad -> error(400, "invalid_json", bad.reason());
      case Fault.BadRequest bad -> error(400, "bad_request", bad.reason());
      case Fault.Unread bad -> error(bad.cause().status(), bad.cause().code(), bad.reason());
      case Fault.Overloaded busy ->
          RetryAfter.on(
              error(503, "overloaded", "Nothing happened; try again."), busy.retryAfter());
      case Fault.DeadlinePassed late ->
          error(503, "deadline_passed", "Nothing happened; try again.").with("Retry-After", "1");
      case Fault.NothingDone down ->
          error(503, "unavailable", "The database cannot be reached; nothing was done.")
              .with("Retry-After", "1");
      case Fault.Unavailable down ->
          error(503, "unavailable", "The database cannot be reached.").with("Retry-After", "1");
      case Fault.Defect defect ->
          error(500, "internal_error", "Something is wrong on our side; see the log.");
    };
  }

  private static Answer error(int status, String code, String message) {
    JsonWriter json = JsonWriter.object().text("error", code).text("message", message);
    return Help.answer(json, status, ManagementPort.NAME, code);
  }
}
