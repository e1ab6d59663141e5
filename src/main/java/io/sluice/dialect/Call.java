package io.sluice.dialect;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/** A request, read to its end. */
public interface Call {
  /** The request's id, taken from {@code X-Request-Id} or made; safe to log and echo. */
  String requestId();

  /** A request header, or empty when absent. */
  Optional<String> header(String name);

  /** The decoded value of a {@code :name} parameter in the endpoint's path. */
  String pathParameter(String name);

  /** The decoded query parameters. */
  MultiMap query();

  /** The body's bytes, possibly none. */
  Buffer body();

  /**
   * Puts headers on the answer to this call, whatever it will be: also an error, or that time is
   * up. Called again, the headers take the place of earlier ones.
   */
  void seal(Map<String, String> headers);

  /** The media type of the body in lower case, without parameters; empty when absent. */
  String contentType();
}
