package io.sluice.dialect.orum;

import io.sluice.dialect.Courier;
import io.sluice.dialect.Json;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How messages are sent: signed with the enterprise's key, up to 15 times in 24 hours. */
record WebhookCourier(SigningPair keys) implements Courier {
  static final int MAX_ATTEMPTS = 15;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }

  /** Each twice as long as the one before. */
  @Override
  public Optional<Duration> pauseAfter(int attempts) {
    return attempts < MAX_ATTEMPTS
        ? Optional.of(FIRST_PAUSE.multipliedBy(1L << (attempts - 1)))
        : Optional.empty();
  }

  /** What is signed is the body, and the time in it once more. */
  @Override
  public Future<Map<String, String>> headers(Message message) {
    String createdAt = Json.parse(message.body()).get("created_at").textValue();
    return keys.sign(message.endpoint().tenant(), message.body().copy().appendString(createdAt))
        .map(signature -> Map.of("Signature", signature));
  }
}
