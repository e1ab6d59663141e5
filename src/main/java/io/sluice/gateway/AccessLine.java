package io.sluice.gateway;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferId;
import java.util.Optional;

/**
 * What the access log says of one answer. It is made on the event loop that gave the answer, and
 * becomes text somewhere else.
 *
 * @param method as the client sent it
 * @param nanos from the end of the request's head to the answer
 * @param receivedBytes of the request's body
 * @param sentBytes of the answer's body
 * @param client its address, as far as those between are to be believed
 * @param caller empty where no gate has found out who it is
 */
public record AccessLine(
    String requestId,
    String dialect,
    String operation,
    String method,
    int status,
    long nanos,
    long receivedBytes,
    long sentBytes,
    String client,
    Optional<TransferId> transfer,
    Optional<Principal> caller,
    Optional<TraceParent> trace) {
  /** Takes the fields, by their names in the Elastic Common Schema. */
  public interface Fields {
    void text(String name, String value);

    void number(String name, long value);
  }

  /** Tells all fields that there are. */
  public void tell(Fields fields) {
    fields.text("http.request.id", requestId);
    fields.text("sluice.dialect", dialect);
    fields.text("sluice.operation", operation);
    fields.text("http.request.method", method);
    fields.number("http.response.status_code", status);
    fields.number("event.duration", nanos);
    fields.number("http.request.body.bytes", receivedBytes);
    fields.number("http.response.body.bytes", sentBytes);
    fields.text("client.address", client);
    if (transfer.isPresent()) {
      fields.text("sluice.transfer", transfer.get().value().toString());
    }
    if (caller.isPresent()) {
      tell(caller.get(), fields);
    }
    if (trace.isPresent()) {
      fields.text("trace.id", trace.get().trace());
      fields.text("parent.id", trace.get().parent());
    }
  }

  private static void tell(Principal caller, Fields fields) {
    fields.number("sluice.tenant", caller.tenant().value());
    if (caller.credential().value() > 0) {
      fields.number("sluice.credential", caller.credential().value());
    }
  }
}
