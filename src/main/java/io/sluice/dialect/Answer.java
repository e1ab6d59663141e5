package io.sluice.dialect;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body the body
 * @param headers further headers
 */
public record Answer(int status, String contentType, Buffer body, Map<String, String> headers) {
  public static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, Buffer body) {
    return new Answer(status, JSON, body, Map.of());
  }

  /** An answer that is all said by its status. */
  public static Answer empty(int status) {
    return json(status, Buffer.buffer());
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    var more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more);
  }
}
