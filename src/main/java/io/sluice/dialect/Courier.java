package io.sluice.dialect;

import io.sluice.store.events.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a dialect's events go to those who want them. */
public interface Courier {
  /**
   * One attempt.
   *
   * @param endpoint as it is now
   * @param body what is sent, to the byte the same in every attempt
   * @param now when the attempt begins
   */
  record Message(Endpoint endpoint, UUID event, Buffer body, Instant now) {}

  /** How long a receiver has to answer an attempt, connecting included. */
  Duration timeout();

  /**
   * How long to wait after an attempt failed, before jitter.
   *
   * @param attempts how many have failed, 1 or more
   * @return empty when that was the last one
   */
  Optional<Duration> pauseAfter(int attempts);

  /**
   * The headers of an attempt besides {@code Content-Type: application/json}: the signature, above
   * all. A failed future means that nothing can be sent now.
   */
  Future<Map<String, String>> headers(Message message);
}
