package io.sluice.store;

import static io.sluice.store.BooksReader.utc;

import io.sluice.ledger.Event;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;

/** Writes events, within the transaction of what they tell. */
public final class EventSql {
  /**
   * Stores a delivery for each endpoint that wants an event, and the events that any wants. The
   * statement asks the endpoints themselves, so that no change of theirs that was committed before
   * is missed. A delivery's id begins with the time of its event's, so that lists have those of one
   * commit in that order.
   */
  static final String INSERT =
      """
      WITH told AS MATERIALIZED (
        SELECT unnest($3::uuid[]) AS id, unnest($4::text[]) AS dialect, unnest($5::text[]) AS type,
               unnest($6::uuid[]) AS subject, unnest($7::text[]) AS payload
      ), deliveries AS (
        INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, due_at, created_at,
                                    updated_at)
        SELECT $1, (substr(told.id::text, 1, 18) || substr(gen_random_uuid()::text, 19))::uuid,
               endpoint.id, told.id, $2, $2, $2
        FROM told
        JOIN event_endpoint AS endpoint
          ON endpoint.tenant_id = $1 AND endpoint.dialect = told.dialect AND endpoint.status = 0
             AND endpoint.types && ARRAY[told.type, '*']
        RETURNING event_id
      )
      INSERT INTO event (tenant_id, id, dialect, type, subject, payload, created_at)
      SELECT $1, id, dialect, type, subject, payload, $2
      FROM told WHERE id IN (SELECT event_id FROM deliveries)
      """;

  private EventSql() {}

  static Columns columns(TenantId tenant, List<Event> events, Instant now) {
    return new Columns(false, tenant.value(), utc(now))
        .uuids(events, Event::id)
        .texts(events, Event::dialect)
        .texts(events, Event::type)
        .uuids(events, Event::subject)
        .texts(events, Event::payload);
  }

  /**
   * Writes events on a connection, whose transaction tells them with the rest of it.
   *
   * @param now when what they tell happened
   */
  public static Future<Void> insert(
      SqlConnection connection, TenantId tenant, List<Event> events, Instant now) {
    return events.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(INSERT)
            .execute(columns(tenant, events, now).parameters())
            .mapEmpty();
  }
}
