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
   * For how many endpoints the commit of an event writes a row each at most. Where more want it,
   * none is written there but who they are, so that nobody waits for a tenant that has many.
   */
  public static final int MOST_IN_COMMIT = 4;

  /** Of a delivery: begins with the time of its event's, so that lists have them in that order. */
  private static final String DELIVERY_ID =
      "(substr(%s::text, 1, 18) || substr(gen_random_uuid()::text, 19))::uuid";

  /** What leads to {@link #EVENTS}, in a statement that has them from some parameter on. */
  private static final String WANTED =
      """
      wanted AS MATERIALIZED (
        SELECT told.*, ARRAY(SELECT endpoint.id FROM event_endpoint AS endpoint
                              WHERE endpoint.tenant_id = $1 AND endpoint.dialect = told.dialect
                                AND endpoint.status = 0
                                AND endpoint.types && ARRAY[told.type, '*']) AS endpoints
        FROM (SELECT unnest($%2$d::uuid[]) AS id, unnest($%3$d::text[]) AS dialect,
                     unnest($%4$d::text[]) AS type, unnest($%5$d::uuid[]) AS subject,
                     unnest($%6$d::text[]) AS payload) AS told
      ), fresh AS (
        INSERT INTO event_fresh (tenant_id, endpoint_id, event_id, created_at)
        SELECT $1, unnest(endpoints), id, $2 FROM wanted WHERE cardinality(endpoints) <= %1$d
      )
      """;

  private static final String EVENTS =
      """
      INSERT INTO event (tenant_id, id, dialect, type, subject, payload, created_at, fan_out)
      SELECT $1, id, dialect, type, subject, payload, $2,
             CASE WHEN cardinality(endpoints) > %1$d THEN endpoints END
      FROM wanted WHERE cardinality(endpoints) > 0
      """
          .formatted(MOST_IN_COMMIT);

  /**
   * Stores the events that any endpoint wants, with those who are to get them. The statement asks
   * the endpoints themselves, so that no change of theirs that was committed before is missed.
   */
  static final String INSERT = "WITH " + wanted(3) + EVENTS;

  /**
   * Writes the deliveries of a tenant's oldest event that has none yet, once, whoever else is at
   * it. An endpoint that has been archived since gets none.
   */
  public static final String FAN_OUT =
      """
      WITH oldest AS MATERIALIZED (
        SELECT id, created_at, fan_out FROM event
         WHERE tenant_id = $1 AND fan_out IS NOT NULL
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
      ), deliveries AS (
        INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, due_at, created_at,
                                    updated_at)
        SELECT $1, %s, endpoint, id, created_at, created_at, created_at
        FROM (SELECT id, created_at, unnest(fan_out) AS endpoint FROM oldest) AS many
        WHERE EXISTS (SELECT 1 FROM event_endpoint
                       WHERE tenant_id = $1 AND event_endpoint.id = endpoint AND status < 2)
      )
      UPDATE event SET fan_out = NULL
       WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT id FROM oldest))
      """
          .formatted(deliveryId("id"));

  private EventSql() {}

  private static String wanted(int first) {
    return WANTED.formatted(MOST_IN_COMMIT, first, first + 1, first + 2, first + 3, first + 4);
  }

  /**
   * What {@link #INSERT} does as a further part of a statement that writes more: one of its own
   * costs more than the rows that it writes.
   *
   * @param first the number of the parameter that has the first column of events; the first two
   *     parameters are the tenant and the time
   */
  static String besides(int first) {
    return ", " + wanted(first) + ", events AS (\n" + EVENTS + ")\n";
  }

  /** A new delivery's id, of an event whose id an expression says. */
  public static String deliveryId(String event) {
    return DELIVERY_ID.formatted(event);
  }

  static Columns columns(TenantId tenant, List<Event> events, Instant now) {
    return columns(new Columns(false, tenant.value(), utc(now)), events);
  }

  /** Adds them to a statement that writes more. */
  static Columns columns(Columns others, List<Event> events) {
    return others
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
