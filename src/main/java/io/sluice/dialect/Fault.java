package io.sluice.dialect;

import java.time.Duration;
import java.util.Locale;

/**
 * What can go wrong with a request before or after a dialect's handler, in words that any dialect
 * renders.
 */
public sealed interface Fault {
  /** No such route. */
  record NotFound(String path) implements Fault {}

  /** The route exists for other methods. */
  record MethodNotAllowed(String method, String path) implements Fault {}

  /** The body's media type is not one that the operation takes. */
  record UnsupportedMediaType(String contentType) implements Fault {}

  /** The body is larger than the gateway accepts. */
  record BodyTooLarge(int limitBytes) implements Fault {}

  /** The body is not acceptable JSON; the reason helps the client and names the place. */
  record InvalidJson(String reason) implements Fault {}

  /** The request is malformed in a way that no handler sees, such as an undecodable path. */
  record BadRequest(String reason) implements Fault {}

  /** The request cannot be read as HTTP, for a reason that HTTP has a status of its own for. */
  record Unread(Cause cause, String reason) implements Fault {
    /** Why a request cannot be read, and the status that HTTP has for that. */
    public enum Cause {
      REQUEST_TIMEOUT(408),
      URI_TOO_LONG(414),
      MISDIRECTED_REQUEST(421),
      HEADERS_TOO_LARGE(431),
      NOT_IMPLEMENTED(501),
      HTTP_VERSION_NOT_SUPPORTED(505);

      private final int status;

      Cause(int status) {
        this.status = status;
      }

      public int status() {
        return status;
      }

      /** For dialects that give each error a code. */
      public String code() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** The gateway has more work than it can hold. Nothing happened; trying again is safe. */
  record Overloaded(Duration retryAfter) implements Fault {}

  /** The request's deadline passed while it waited. Nothing happened; trying again is safe. */
  record DeadlinePassed() implements Fault {}

  /** The database cannot be reached, and so nothing happened; trying again is safe. */
  record NothingDone() implements Fault {}

  /** The database cannot be reached, or the fate of the request is unknown. */
  record Unavailable() implements Fault {}

  /** A defect. The details are in the log, under the request id, and nowhere else. */
  record Defect() implements Fault {}
}
