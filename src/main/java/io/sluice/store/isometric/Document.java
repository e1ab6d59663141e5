package io.sluice.store.isometric;

import java.util.UUID;

/**
 * What may be read of a project elsewhere.
 *
 * @param name for people, unique among the project's documents
 */
public record Document(UUID id, UUID project, String name, String url) {}
