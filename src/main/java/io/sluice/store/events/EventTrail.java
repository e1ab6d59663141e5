package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was told of one thing, and what has become of it. */
public final class EventTrail {
  /** The most lines that are shown. */
  public static final int MOST = 200;

  private static final String ABOUT =
      """
      SELECT e.id, e.type, e.created_at, d.id AS delivery_id, d.endpoint_id, d.status, d.attempts,
             d.due_at, d.delivered_at, d.response_status, d.error
        FROM (SELECT id, type, created_at FROM event
               WHERE tenant_id = $1 AND subject = $2 ORDER BY id LIMIT $3) e
        LEFT JOIN LATERAL (
          SELECT * FROM event_delivery WHERE tenant_id = $1 AND event_id = e.id LIMIT $3) d ON true
       ORDER BY e.id, d.id LIMIT $3
      """;

  private final Statements statements;

  public EventTrail(Pools pools) {
    statements = pools.lists();
  }

  /** An event on its way to one endpoint; one without any has a line, too. */
  public record Line(UUID event, String type, Instant createdAt, Optional<Attempted> delivery) {}

  /** How far a delivery has come. */
  public record Attempted(
      UUID id,
      UUID endpoint,
      DeliveryStatus status,
      int attempts,
      Optional<Instant> dueAt,
      Optional<Instant> deliveredAt,
      Optional<Integer> responseStatus,
      Optional<String> error) {
    private static Attempted of(Row row) {
      return new Attempted(
          row.getUUID("delivery_id"),
          row.getUUID("endpoint_id"),
          DeliveryStatus.ofCode(row.getShort("status")),
          row.getInteger("attempts"),
          Rows.optionalInstant(row, "due_at"),
          Rows.optionalInstant(row, "delivered_at"),
          Optional.ofNullable(row.getInteger("response_status")),
          Optional.ofNullable(row.getString("error")));
    }
  }

  /** What was told of a thing, oldest first, up to {@value #MOST} lines. */
  public Future<List<Line>> about(TenantId tenant, UUID subject) {
    return statements.all(ABOUT, EventTrail::line, tenant.value(), subject, MOST);
  }

  private static Line line(Row row) {
    Optional<Attempted> delivery =
        Optional.ofNullable(row.getUUID("delivery_id")).map(id -> Attempted.of(row));
    return new Line(
        row.getUUID("id"), row.getString("type"), Rows.instant(row, "created_at"), delivery);
  }
}
