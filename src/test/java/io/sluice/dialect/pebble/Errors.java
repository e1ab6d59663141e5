package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.RetryAfter;
import io.sluice.ledger.LedgerRefusal;
import java.time.Duration;

/** Every error: {@code {"oops": code, "because": text}}. */
final class Errors {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Errors() {}

  static Answer stranger() {
    return error(401, "stranger", "send Authorization: Bearer and a token of ours")
        .with("WWW-Authenticate", "Bearer");
  }

  static Answer forbidden(String scope) {
    return error(403, "forbidden", "the token does not let you " + scope);
  }

  static Answer malformed(String reason) {
    return error(400, "malformed", reason);
  }

  static Answer noJar(String name) {
    return error(404, "no_jar", "there is no jar '" + name + "'");
  }

  static Answer noMove() {
    return error(404, "no_move", "there is no move of this id");
  }

  static Answer sameJar() {
    return error(400, "same_jar", "from and to must be two jars");
  }

  static Answer jarTaken(String name) {
    return error(409, "jar_taken", "there is a jar '" + name + "' already");
  }

  static Answer keyTaken() {
    return error(409, "key_taken", "the key was used for another move");
  }

  static Answer tooFewPebbles() {
    return error(409, "too_few_pebbles", "the jar holds fewer pebbles than that");
  }

  static Answer tooManyPebbles() {
    return error(409, "too_many_pebbles", "the jar cannot hold that many pebbles");
  }

  static Answer busy(Duration retryAfter) {
    return RetryAfter.on(error(429, "busy", "nothing was moved; try again"), retryAfter);
  }

  static Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound f -> error(404, "nothing_here", "there is nothing at " + f.path());
      case Fault.MethodNotAllowed f -> error(405, "not_so", f.path() + " takes no " + f.method());
      case Fault.UnsupportedMediaType f -> error(415, "not_json", "send application/json");
      case Fault.BodyTooLarge f -> error(413, "too_much", "at most " + f.limitBytes() + " bytes");
      case Fault.InvalidJson f -> error(422, "unreadable", f.reason());
      case Fault.BadRequest f -> malformed(f.reason());
      case Fault.Unread f -> error(f.cause().status(), f.cause().code(), f.reason());
      case Fault.Overloaded f -> busy(f.retryAfter());
      case Fault.DeadlinePassed f -> busy(RETRY_AFTER);
      case Fault.NothingDone f ->
          RetryAfter.on(error(503, "nothing", "nothing was done"), RETRY_AFTER);
      case Fault.Unavailable f -> error(503, "unknown", "ask again with the same key");
      case Fault.Defect f -> error(500, "broken", "that is our fault");
    };
  }

  static Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.InsufficientFunds r -> tooFewPebbles();
      case LedgerRefusal.BalanceOutOfRange r -> tooManyPebbles();
      case LedgerRefusal.OfLots r -> throw new IllegalStateException("no pebble is a lot: " + r);
    };
  }

  private static Answer error(int status, String code, String because) {
    return JsonWriter.object().text("oops", code).text("because", because).toAnswer(status);
  }
}
