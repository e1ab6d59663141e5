package io.sluice.dialect.scrip;

import io.sluice.dialect.Courier;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How webhooks are sent: signed with the endpoint's secret, up to eight times. */
record WebhookCourier(WebhookSecrets secrets) implements Courier {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12));

  static final int MAX_ATTEMPTS = PAUSES.size() + 1;

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }

  @Override
  public Optional<Duration> pauseAfter(int attempts) {
    return attempts < MAX_ATTEMPTS ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
  }

  @Override
  public Future<Map<String, String>> headers(Message message) {
    return Future.succeededFuture(message)
        .map(
            signed ->
                Map.of(
                    "Scrip-Signature",
                    secrets.signature(signed.endpoint(), signed.now(), signed.body()),
                    "Scrip-Event-Id",
                    signed.event().toString()));
  }
}
