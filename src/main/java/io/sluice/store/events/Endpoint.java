package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a tenant wants to hear of what.
 *
 * @param types the events that it hears of, {@link #ALL_TYPES} for all; at least one
 * @param secret encrypted; empty where the dialect signs with something else
 * @param detail the dialect's own text
 */
public record Endpoint(
    TenantId tenant,
    UUID id,
    String dialect,
    EndpointStatus status,
    String url,
    List<String> types,
    Optional<Buffer> secret,
    String detail,
    Instant createdAt,
    Instant updatedAt) {
  /** Stands for every type of event. */
  public static final String ALL_TYPES = "*";

  public Endpoint {
    types = List.copyOf(types);
  }

  /** Whether it hears of nothing ever again. */
  boolean isArchived() {
    return status == EndpointStatus.ARCHIVED;
  }

  /** The same in another state. */
  public Endpoint withStatus(EndpointStatus now) {
    return new Endpoint(tenant, id, dialect, now, url, types, secret, detail, createdAt, updatedAt);
  }

  /** The same with another secret. */
  public Endpoint withSecret(Buffer now) {
    return new Endpoint(
        tenant, id, dialect, status, url, types, Optional.of(now), detail, createdAt, updatedAt);
  }

  /** Without the secret, and without the address, which may hold one. */
  @Override
  public String toString() {
    return "Endpoint[" + id + " of tenant " + tenant.value() + ", " + status + "]";
  }
}
