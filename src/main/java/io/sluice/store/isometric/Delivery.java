package io.sluice.store.isometric;

import java.time.Instant;
import java.util.UUID;

/** The latest delivery of a batch, or of the one that it is a piece of. */
public record Delivery(UUID id, Instant at) {}
