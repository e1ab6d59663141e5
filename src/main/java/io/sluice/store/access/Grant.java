package io.sluice.store.access;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;

/** How storing a credential ended. */
public sealed interface Grant {
  /**
   * It is stored.
   *
   * @param id its id; for a user that was there before, the id it had
   * @param revoked the secret hashes of those that it replaced
   */
  record Granted(UUID id, List<Buffer> revoked) implements Grant {}

  /** There is no such tenant. */
  record UnknownTenant() implements Grant {}

  /** Nobody is let in for the tenant any more. */
  record ClosedTenant() implements Grant {}

  /** The tenant has as many in force as it may have. */
  record TooMany(int limit) implements Grant {}

  /** Somebody has that name. */
  record NameTaken() implements Grant {}
}
