package io.sluice.store.events;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How an endpoint has been doing.
 *
 * @param successes attempts of the last 24 hours that went well, to the hour
 * @param failures those that did not
 * @param pending open deliveries, at most {@link DeliveryStore#MAX_COUNTED}
 * @param brokenUntil how long it gets nothing, as its receiver has failed too often in a row
 */
public record EndpointStats(
    UUID endpoint,
    String url,
    EndpointStatus status,
    long successes,
    long failures,
    long pending,
    Optional<Instant> oldestPendingAt,
    Optional<Instant> lastAttemptAt,
    Optional<Instant> brokenUntil) {}
