package io.sluice.access;

import java.util.Optional;
import java.util.UUID;

/** Reads UUIDs in their usual form only: Java's own reader takes more than that. */
final class Uuids {
  private Uuids() {}

  static Optional<UUID> of(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
