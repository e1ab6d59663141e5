package io.sluice.store.events;

import java.util.UUID;

/**
 * A delivery that this gateway is to attempt now.
 *
 * @param endpoint as it is now
 * @param attempt which attempt it is, from 1 on; tells one from a later one of another gateway's
 * @param body what is to be sent
 */
public record Claim(UUID id, Endpoint endpoint, UUID event, int attempt, String body) {}
