package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/**
 * What makes deliveries of what commits have written down as fresh: once each, whoever else is at
 * it.
 */
final class FreshSql {
  /** Deliveries that are made by one statement, where nobody claims them. */
  private static final int MOST = 1_000;

  /** Leaves to others what they are claiming. */
  private static final String UNCLAIMED = "SKIP LOCKED";

  /** Of an endpoint, the oldest first, as many as an expression says. */
  private static final String TAKEN =
      """
      fresh AS (
        SELECT event_id FROM event_fresh WHERE tenant_id = $1 AND endpoint_id = $2
         ORDER BY event_id
         LIMIT %s
           FOR UPDATE %s
      ), taken AS (
        DELETE FROM event_fresh
         WHERE tenant_id = $1 AND endpoint_id = $2
           AND event_id = ANY (ARRAY(SELECT event_id FROM fresh))
        RETURNING event_id, created_at
      )\
      """;

  /** Whether an endpoint is to get anything now. */
  private static final String OPEN =
      """
      EXISTS (SELECT 1 FROM event_endpoint WHERE tenant_id = $1 AND id = $2 AND status = 0)
          AND NOT EXISTS (SELECT 1 FROM event_circuit
                           WHERE tenant_id = $1 AND endpoint_id = $2 AND open_until > $3)\
      """;

  /**
   * Claims what is due for an endpoint, and then what is fresh, whose deliveries are under way from
   * the start. Ids are given as arrays, and an event is looked up by itself: a plan that is made
   * while there is nothing yet, and kept, leads by them to these rows, where a join would lead to
   * all of the tenant's.
   */
  static final String CLAIM =
      """
      WITH due AS (
        SELECT id FROM event_delivery
         WHERE tenant_id = $1 AND endpoint_id = $2 AND due_at <= $3
           AND %1$s
         ORDER BY due_at
         LIMIT $5
           FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE event_delivery AS d
           SET status = 1, attempts = d.attempts + 1, due_at = $4, last_attempt_at = $3,
               updated_at = $3
         WHERE d.tenant_id = $1 AND d.id = ANY (ARRAY(SELECT id FROM due))
        RETURNING d.id, d.event_id, d.attempts
      ), %2$s, begun AS (
        INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, status, attempts, due_at,
                                    last_attempt_at, created_at, updated_at)
        SELECT $1, %3$s, $2, event_id, 1, 1, $4, $3, created_at, $3 FROM taken
        RETURNING id, event_id, attempts
      )
      SELECT c.id AS delivery_id, c.event_id, c.attempts, p.*,
             (SELECT payload FROM event WHERE tenant_id = $1 AND id = c.event_id) AS payload
        FROM (SELECT * FROM claimed UNION ALL SELECT * FROM begun) AS c
        JOIN event_endpoint AS p ON p.tenant_id = $1 AND p.id = $2
       %4$s
       ORDER BY c.event_id
      """
          .formatted(
              OPEN,
              TAKEN.formatted(
                  "CASE WHEN " + OPEN + " THEN $5 - (SELECT count(*) FROM due) ELSE 0 END",
                  UNCLAIMED),
              EventSql.deliveryId("event_id"),
              OutcomeSql.RELAXED);

  /**
   * Those of an archived endpoint have failed by then. What is inserted is not the statement
   * itself: Citus would take the tenant for the event's id where that is put together.
   */
  private static final String WRITING =
      """
      WITH %s, written AS (
        INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, status, due_at,
                                    error_code, created_at, updated_at)
        SELECT $1, %s, $2, event_id, CASE WHEN gone THEN 3 ELSE 0 END,
               CASE WHEN NOT gone THEN created_at END,
               CASE WHEN gone THEN 'endpoint_archived' END, created_at,
               CASE WHEN gone THEN now() ELSE created_at END
          FROM taken
         CROSS JOIN (SELECT count(*) = 0 AS gone FROM event_endpoint
                      WHERE tenant_id = $1 AND id = $2 AND status < 2) AS endpoint
        RETURNING 1
      )
      SELECT 1 FROM written %s
      """;

  /** Waits for whoever claims some of it just then: his deliveries are there afterwards. */
  private static final String WRITE_DOWN = writeDown("", "");

  private static final String WRITE_DOWN_UNCLAIMED = writeDown(UNCLAIMED, OutcomeSql.RELAXED);

  private FreshSql() {}

  private static String writeDown(String unclaimed, String relaxed) {
    return WRITING.formatted(
        TAKEN.formatted(MOST, unclaimed), EventSql.deliveryId("event_id"), relaxed);
  }

  /**
   * Makes deliveries of what is fresh for an endpoint, up to {@value #MOST}, for whoever claims
   * them later. Unless that is not all, whatever was committed before is a delivery then, whoever
   * made it.
   *
   * @return how many
   */
  static Future<Integer> writeDown(Statements statements, TenantId tenant, UUID endpoint) {
    return run(statements, WRITE_DOWN, tenant, endpoint);
  }

  /** The same within a transaction. */
  static Future<Integer> writeDown(SqlConnection connection, TenantId tenant, UUID endpoint) {
    return Statements.on(connection, WRITE_DOWN, tenant.value(), endpoint)
        .map(written -> written.rowCount());
  }

  /** The same of what nobody claims just then, without waiting for the disk. */
  static Future<Integer> writeDownUnclaimed(Statements statements, TenantId tenant, UUID endpoint) {
    return run(statements, WRITE_DOWN_UNCLAIMED, tenant, endpoint);
  }

  private static Future<Integer> run(
      Statements statements, String writing, TenantId tenant, UUID endpoint) {
    return statements.run(writing, tenant.value(), endpoint).map(written -> written.rowCount());
  }
}
