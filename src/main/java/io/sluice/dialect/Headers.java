package io.sluice.dialect;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/**
 * The one way to read a request's headers. Who takes the first of two lines that say different
 * things disagrees with whoever takes the last: a proxy checks one, the gateway believes the other.
 */
public final class Headers {
  /** The client's name for what it wants to happen once. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private Headers() {}

  /**
   * A header that may be there once.
   *
   * @return empty when absent
   * @throws FaultException when it is there more than once, whatever it says
   */
  public static Optional<String> single(MultiMap headers, CharSequence name) {
    if (!headers.contains(name)) {
      return Optional.empty();
    }
    List<String> values = headers.getAll(name);
    if (values.size() > 1) {
      throw new FaultException(
          new Fault.BadRequest("the header " + name + " is given more than once"));
    }
    return Optional.of(values.getFirst());
  }

  /**
   * A header that is a list, whose lines count as one with commas between (RFC 9110, section 5.3).
   *
   * @return empty when absent
   */
  public static Optional<String> list(MultiMap headers, CharSequence name) {
    return headers.contains(name)
        ? Optional.of(String.join(", ", headers.getAll(name)))
        : Optional.empty();
  }
}
