package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * What is told to a tenant's endpoints, stored in the commit of what it tells.
 *
 * @param id time-ordered; the same for all endpoints and attempts
 * @param dialect whose endpoints are to hear of it
 * @param type in the dialect's words
 * @param subject the id of what it is about: a transfer, a holder
 * @param payload the body that receivers get, to the byte
 */
public record Event(UUID id, String dialect, String type, UUID subject, String payload) {
  public Event {
    Objects.requireNonNull(id);
    Objects.requireNonNull(dialect);
    Objects.requireNonNull(type);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(payload);
  }
}
