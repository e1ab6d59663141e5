package io.sluice.store.events;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event on its way to an endpoint.
 *
 * @param attempts how many have begun since it was made or last asked for again
 * @param resend how many deliveries of this event to this endpoint were made before it
 * @param dueAt when the next attempt may begin; empty at the end
 * @param last what the last attempt came to; empty before that
 */
public record Delivery(
    UUID id,
    UUID endpoint,
    UUID event,
    String type,
    DeliveryStatus status,
    int attempts,
    int resend,
    Optional<Instant> dueAt,
    Optional<Instant> lastAttemptAt,
    Optional<Instant> deliveredAt,
    Answer last,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * What was heard of the receiver, the last time that anything was.
   *
   * @param errorCode one word for what went wrong
   * @param error the same in a sentence
   */
  public record Answer(
      Optional<Integer> status,
      Optional<String> body,
      Optional<String> errorCode,
      Optional<String> error) {}
}
