package io.sluice.dialect;

import io.sluice.ledger.TransferId;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param contentType the body's media type
 * @param body the body
 * @param headers further headers
 * @param transfer the transfer that it tells of, for the log; nobody is sent that
 * @param pieces what takes the body's place where that is made while it is sent
 */
public record Answer(
    int status,
    String contentType,
    Buffer body,
    Map<String, String> headers,
    Optional<TransferId> transfer,
    Optional<Pieces> pieces) {
  public static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer that tells of no transfer. */
  public Answer(int status, String contentType, Buffer body, Map<String, String> headers) {
    this(status, contentType, body, headers, Optional.empty(), Optional.empty());
  }

  /** An answer of any size, made while it is sent. */
  public static Answer of(int status, String contentType, Pieces pieces) {
    return new Answer(
        status, contentType, Buffer.buffer(), Map.of(), Optional.empty(), Optional.of(pieces));
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
    return new Answer(status, contentType, body, more, transfer, pieces);
  }

  /** The same answer, telling of a transfer. */
  public Answer about(TransferId told) {
    return new Answer(status, contentType, body, headers, Optional.of(told), pieces);
  }
}
