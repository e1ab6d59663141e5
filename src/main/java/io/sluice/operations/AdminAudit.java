package io.sluice.operations;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditEvent.Outcome;
import io.sluice.access.AuditTrail;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Supplier;

/** What the audit says of administrators. */
record AdminAudit(AuditTrail trail) {
  private static final int FIRST_ERROR = 400;

  /** What is below this is about a transfer. */
  static final String TRANSFER = "/admin/tenants/:tenant/transfers/:id";

  /**
   * Carries out what somebody with the token asks for. What changes something is written down
   * before that, and with what came of it before the answer; what only reads is logged.
   */
  Future<Answer> around(Call call, Operation<?> operation, Supplier<Future<Answer>> work) {
    if (operation.method() == HttpMethod.GET) {
      return Future.succeededFuture()
          .compose(ready -> work.get())
          .onComplete(result -> AuditTrail.log(ended(call, operation, result)));
    }
    return trail
        .write(
            about(call, operation, Outcome.UNKNOWN, "an administrator asks for something")
                .with("event.type", "start"))
        .compose(written -> work.get())
        .transform(
            result ->
                trail.write(ended(call, operation, result)).transform(end -> both(result, end)));
  }

  private static Future<Answer> both(AsyncResult<Answer> result, AsyncResult<Void> written) {
    if (result.failed()) {
      return Future.failedFuture(result.cause());
    }
    return written.failed()
        ? Future.failedFuture(written.cause())
        : Future.succeededFuture(result.result());
  }

  /** A stranger; he hears so whether or not it could be written down. */
  Future<Void> refused(Call call, Operation<?> operation) {
    AuditEvent event = denied(call, operation, "somebody without a token in force was refused");
    return trail.writeFailure(event, call.address()).otherwiseEmpty();
  }

  /** An administrator whose role does not go so far; he hears so in any case, too. */
  Future<Void> forbidden(Call call, Operation<?> operation) {
    AuditEvent event = denied(call, operation, "an administrator's role did not allow something");
    return trail.write(event).otherwiseEmpty();
  }

  private static AuditEvent denied(Call call, Operation<?> operation, String message) {
    return about(call, operation, Outcome.FAILURE, message).with("event.type", "denied");
  }

  private static AuditEvent ended(Call call, Operation<?> operation, AsyncResult<Answer> result) {
    if (result.failed()) {
      return about(
              call,
              operation,
              Outcome.UNKNOWN,
              "an administrator's request failed; whether it took effect is unknown")
          .with("event.type", "error");
    }
    Answer answer = result.result();
    Outcome outcome = answer.status() < FIRST_ERROR ? Outcome.SUCCESS : Outcome.FAILURE;
    AuditEvent event =
        about(call, operation, outcome, "an administrator's request was answered")
            .with("event.type", "end")
            .with("http.response.status_code", answer.status());
    answer.transfer().ifPresent(id -> event.with(AuditEvent.TRANSFER, id.value().toString()));
    return event;
  }

  private static AuditEvent about(
      Call call, Operation<?> operation, Outcome outcome, String message) {
    AuditEvent event =
        AuditEvent.of(operation.id(), outcome, message)
            .with(AuditEvent.REQUEST, call.requestId())
            .with("client.address", call.address().network());
    Optional.ofNullable(call.pathParameter("tenant"))
        .flatMap(Values::parameter)
        .filter(id -> id > 0)
        .map(TenantId::new)
        .ifPresent(event::about);
    if (operation.path().contains(TRANSFER)) {
      Values.uuid(call.pathParameter("id"))
          .ifPresent(id -> event.with(AuditEvent.TRANSFER, id.toString()));
    }
    call.notes().forEach(event::with);
    return event;
  }
}
