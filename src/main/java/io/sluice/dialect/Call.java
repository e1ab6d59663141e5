package io.sluice.dialect;

import io.sluice.access.ClientAddress;
import io.sluice.access.Presented;
import io.sluice.ledger.Principal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request: its head, and once a gate has let it in, its body. */
public interface Call {
  /** The request's id, taken from {@code X-Request-Id} or made; safe to log and echo. */
  String requestId();

  /**
   * A request header that may be there once, or empty when absent.
   *
   * @throws FaultException when it is there more than once: nobody may choose which one counts
   */
  Optional<String> header(String name);

  /**
   * The bearer token that it carries; empty without one, as {@link Bearer#in} says.
   *
   * @throws FaultException when there is more than one header
   */
  default Optional<Presented> bearer() {
    return header(Bearer.HEADER).flatMap(Bearer::in);
  }

  /** A request header that is a list, its lines joined by commas; or empty when absent. */
  Optional<String> listHeader(String name);

  /** The decoded value of a {@code :name} parameter in the endpoint's path. */
  String pathParameter(String name);

  /** The decoded query parameters, each with its values in the order in which they were given. */
  Map<String, List<String>> query();

  /**
   * The body's bytes, possibly none.
   *
   * @throws IllegalStateException before the call is let in: no gate looks at a body
   */
  Buffer body();

  /**
   * The body as it comes, for an operation that takes lines.
   *
   * @throws IllegalStateException when it is collected, or not let in
   */
  default Inflow inflow() {
    throw new IllegalStateException("the body is not taken as it comes");
  }

  /** Where the client connects from, which may be a proxy that many clients share. */
  ClientAddress address();

  /**
   * Says who calls: what the call takes comes out of this tenant's shares, and the log names the
   * credential.
   */
  void isFrom(Principal principal);

  /**
   * Says what the audit is to tell of this call beside the operation and its answer; for operations
   * of the administration.
   *
   * @param field its name in log.schema.json
   * @param value a text or a number, never a secret
   */
  default void note(String field, Object value) {}

  /** What was noted. */
  default Map<String, Object> notes() {
    return Map.of();
  }

  /**
   * Puts headers on the answer to this call, whatever it will be: also an error, or that time is
   * up. Called again, the headers take the place of earlier ones.
   */
  void seal(Map<String, String> headers);

  /**
   * The media type of the body in lower case, without parameters; empty when absent.
   *
   * @throws FaultException when there is more than one
   */
  String contentType();
}
