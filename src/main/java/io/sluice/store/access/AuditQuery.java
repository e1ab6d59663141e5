package io.sluice.store.access;

import io.sluice.store.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which rows of the audit to list, newest first. All conditions must hold.
 *
 * @param tenant the tenant's id; 0 for what concerns none
 * @param about what they must be about, if anything in particular
 * @param from written at this time or later
 * @param to written before this time
 * @param before only what comes behind this row
 */
public record AuditQuery(
    int tenant,
    Optional<About> about,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Place> before) {
  /** One thing that rows are about. */
  public sealed interface About {
    record Action(String name) implements About {}

    /** A request, by its id. */
    record Request(String id) implements About {}

    record Transfer(UUID id) implements About {}

    /** A credential, by its number. */
    record Credential(int number) implements About {}
  }

  /** A row as it is shown. */
  public record Found(Place place, String record) {}
}
