package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What has been told to whom, for those who want to know, or want it told again. */
public final class DeliveryStore {
  /** Open deliveries of an endpoint are counted up to here. */
  public static final int MAX_COUNTED = 10_000;

  private static final ListOrder NEWEST = ListOrder.newest("created_at", "id");
  private static final ListOrder NEWEST_SHOWN = ListOrder.newest("d.created_at", "d.id");

  private static final String FIND =
      """
      SELECT d.*, e.type
        FROM event_delivery d
        JOIN event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
       WHERE d.tenant_id = $1 AND d.id = $2 AND e.dialect = $3
      """;

  private static final String PAGE =
      "SELECT * FROM event_delivery WHERE tenant_id = $1 AND endpoint_id = $2";

  private static final String TRY =
      ", tried AS ("
          + Circuits.trial("(SELECT endpoint_id FROM begun)", "$3", "$4")
          + ") SELECT 1 FROM begun";

  private static final String RETRY =
      """
      WITH begun AS (
        UPDATE event_delivery AS d
           SET status = 0, attempts = 0, due_at = $3, updated_at = $3
         WHERE tenant_id = $1 AND id = $2 AND status = 3
           AND EXISTS (SELECT 1 FROM event_endpoint AS p
                        WHERE p.tenant_id = $1 AND p.id = d.endpoint_id AND p.status < 2)
        RETURNING endpoint_id
      )
      """
          + TRY;

  private static final String RESEND =
      """
      WITH begun AS (
        INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, resend, due_at, created_at,
                                    updated_at)
        SELECT $1, $5, d.endpoint_id, d.event_id, d.resend + 1, $3, $3, $3
          FROM event_delivery d
         WHERE d.tenant_id = $1 AND d.id = $2 AND d.status > 1
           AND EXISTS (SELECT 1 FROM event_endpoint p
                        WHERE p.tenant_id = $1 AND p.id = d.endpoint_id AND p.status = 0)
        RETURNING endpoint_id
      )
      """
          + TRY;

  private static final String STATS =
      """
      SELECT p.id, p.url, p.status,
             (SELECT coalesce(sum(t.successes), 0)::bigint FROM event_tally t
               WHERE t.tenant_id = $1 AND t.endpoint_id = p.id AND t.hour > $3) AS successes,
             (SELECT coalesce(sum(t.failures), 0)::bigint FROM event_tally t
               WHERE t.tenant_id = $1 AND t.endpoint_id = p.id AND t.hour > $3) AS failures,
             (SELECT t.last_at FROM event_tally t
               WHERE t.tenant_id = $1 AND t.endpoint_id = p.id
               ORDER BY t.hour DESC LIMIT 1) AS last_at,
             (SELECT count(*) FROM (
                (SELECT 1 FROM event_delivery d
                  WHERE d.tenant_id = $1 AND d.endpoint_id = p.id AND d.due_at IS NOT NULL
                  LIMIT $4)
                UNION ALL
                (SELECT 1 FROM event_fresh f
                  WHERE f.tenant_id = $1 AND f.endpoint_id = p.id LIMIT $4)
                LIMIT $4) AS open) AS pending,
             least(
               (SELECT min(f.created_at) FROM event_fresh f
                 WHERE f.tenant_id = $1 AND f.endpoint_id = p.id),
               (SELECT d.created_at FROM event_delivery d
                 WHERE d.tenant_id = $1 AND d.endpoint_id = p.id AND d.status = 0
                 ORDER BY d.created_at, d.id LIMIT 1),
               (SELECT d.created_at FROM event_delivery d
                 WHERE d.tenant_id = $1 AND d.endpoint_id = p.id AND d.status = 1
                 ORDER BY d.created_at, d.id LIMIT 1)) AS oldest_at,
             c.open_until AS broken_until
        FROM event_endpoint p
        LEFT JOIN event_circuit c
          ON c.tenant_id = $1 AND c.endpoint_id = p.id AND c.open_until > $5
       WHERE p.tenant_id = $1 AND p.dialect = $2 AND p.status < 2
       ORDER BY p.created_at DESC, p.id DESC
      """;

  private final Statements statements;
  private final Statements lists;

  public DeliveryStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  public Future<Optional<Delivery>> find(TenantId tenant, String dialect, UUID id) {
    return statements.first(FIND, DeliveryStore::delivery, tenant.value(), id, dialect);
  }

  /**
   * An endpoint's, newest first, also of what was committed just before, unless that came to more
   * than 1,000 within a second or so.
   *
   * @param after where the page before ended
   */
  public Future<List<Delivery>> list(
      TenantId tenant,
      UUID endpoint,
      Optional<DeliveryStatus> status,
      Optional<Place> after,
      int limit) {
    var query = new Query("SELECT d.*, e.type FROM (" + PAGE, tenant.value(), endpoint);
    status.ifPresent(only -> query.add("AND status = ?", only.code()));
    NEWEST
        .cut(query, after, limit)
        .add(") AS d JOIN event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id")
        .add(NEWEST_SHOWN.sql());
    return FreshSql.writeDown(lists, tenant, endpoint)
        .compose(written -> lists.all(query, DeliveryStore::delivery));
  }

  /**
   * Begins a failed delivery anew, as if nothing had been tried.
   *
   * @return false when it has not failed, or has nowhere to go any more; nothing changed then
   */
  public Future<Boolean> retry(TenantId tenant, UUID id, Instant now) {
    return begin(RETRY, tenant, id, now);
  }

  /**
   * Makes another delivery of what a delivery that has ended was to tell.
   *
   * @param next the new one's id
   * @return false when it has not ended, or its endpoint is not active; nothing changed then
   */
  public Future<Boolean> resend(TenantId tenant, UUID id, UUID next, Instant now) {
    return begin(RESEND, tenant, id, now, next);
  }

  private Future<Boolean> begin(
      String statement, TenantId tenant, UUID id, Instant now, UUID... next) {
    var parameters = new ArrayList<Object>();
    parameters.addAll(List.of(tenant.value(), id, Rows.time(now), Circuits.nextTrial(now)));
    parameters.addAll(List.of(next));
    return statements.first(statement, row -> row, parameters.toArray()).map(Optional::isPresent);
  }

  /** Of every endpoint that is not archived, the newest first. */
  public Future<List<EndpointStats>> stats(TenantId tenant, String dialect, Instant now) {
    return lists.all(
        STATS,
        DeliveryStore::stats,
        tenant.value(),
        dialect,
        Rows.time(now.minus(1, ChronoUnit.DAYS)),
        (long) MAX_COUNTED,
        Rows.time(now));
  }

  private static EndpointStats stats(Row row) {
    return new EndpointStats(
        row.getUUID("id"),
        row.getString("url"),
        EndpointStatus.ofCode(row.getShort("status")),
        row.getLong("successes"),
        row.getLong("failures"),
        row.getLong("pending"),
        Rows.optionalInstant(row, "oldest_at"),
        Rows.optionalInstant(row, "last_at"),
        Rows.optionalInstant(row, "broken_until"));
  }

  private static Delivery delivery(Row row) {
    return new Delivery(
        row.getUUID("id"),
        row.getUUID("endpoint_id"),
        row.getUUID("event_id"),
        row.getString("type"),
        DeliveryStatus.ofCode(row.getShort("status")),
        row.getInteger("attempts"),
        row.getInteger("resend"),
        Rows.optionalInstant(row, "due_at"),
        Rows.optionalInstant(row, "last_attempt_at"),
        Rows.optionalInstant(row, "delivered_at"),
        new Delivery.Answer(
            Optional.ofNullable(row.getInteger("response_status")),
            Optional.ofNullable(row.getString("response_body")),
            Optional.ofNullable(row.getString("error_code")),
            Optional.ofNullable(row.getString("error"))),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
