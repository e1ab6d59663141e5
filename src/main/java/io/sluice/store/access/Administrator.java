package io.sluice.store.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who administrates, by name.
 *
 * @param name unique among those who are not revoked
 * @param rotatedAt when the token was last replaced
 * @param revokedAt when the token ended for ever
 */
public record Administrator(
    UUID id,
    String name,
    Role role,
    Instant createdAt,
    Optional<Instant> rotatedAt,
    Optional<Instant> revokedAt) {
  /** What somebody may do. The code is what the database stores. */
  public enum Role {
    /** Looks at everything. */
    READER,
    /** Changes things, too. */
    OPERATOR,
    /** Says who administrates, too, and what cannot be undone. */
    OWNER;

    private static final Role[] ALL = values();

    short code() {
      return (short) ordinal();
    }

    static Role ofCode(int code) {
      return ALL[code];
    }
  }
}
