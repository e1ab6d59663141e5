package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;

/** Error answers for paths that belong to no dialect: {@code {"code": …, "message": …}}. */
final class GenericFaults {
  private GenericFaults() {}

  static Answer answer(Fault fault) {
    return switch (fault) {
      case Fault.NotFound missing ->
          error(404, "not_found", "There is nothing at this path; GET / lists what there is.");
      case Fault.MethodNotAllowed wrong ->
          error(405, "method_not_allowed", "This path does not take this method.");
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
          error(503, "unavailable", "The service cannot answer now; nothing was done.")
              .with("Retry-After", "1");
      case Fault.Unavailable down ->
          error(503, "unavailable", "The service cannot answer now.").with("Retry-After", "1");
      case Fault.Defect defect -> error(500, "internal_error", "Something is wrong on our side.");
    };
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(
        status, JsonWriter.object().text("code", code).text("message", message).toBuffer());
  }
}
