package io.sluice.store.access;

import java.time.Instant;
import java.util.Optional;

/** A user in force. */
public record StoredUser(
    CredentialOwner owner, String passwordHash, Optional<Instant> lockedUntil) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredUser[" + owner + ", lockedUntil=" + lockedUntil + "]";
  }
}
