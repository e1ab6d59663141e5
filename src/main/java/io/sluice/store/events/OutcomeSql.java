package io.sluice.store.events;

/** What stores what attempts came to. */
final class OutcomeSql {
  /**
   * A commit that need not reach the disk before it counts: were it lost with PostgreSQL, the
   * delivery would be made once more. So deliveries take nothing of what transfers wait for.
   */
  static final String RELAXED =
      "CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed";

  /**
   * Attempts of one endpoint that were not good, at the price of one statement, as if they were
   * stored one after the other. Whatever was changed meanwhile, by hand or by another gateway,
   * stays. Attempts that were under way when a circuit opened say nothing new. What is there is
   * changed first, and what is not is added: on a conflict, Citus takes no parameters here.
   */
  static final String FAILED =
      """
      WITH told AS (
        SELECT unnest($3::uuid[]) AS id, unnest($4::integer[]) AS attempts,
               unnest($5::integer[]) AS status, unnest($6::timestamptz[]) AS due_at,
               unnest($7::integer[]) AS response_status, unnest($8::text[]) AS response_body,
               unnest($9::text[]) AS error_code, unnest($10::text[]) AS error
      ), done AS (
        UPDATE event_delivery AS d
           SET status = told.status, due_at = told.due_at, response_status = told.response_status,
               response_body = told.response_body, error_code = told.error_code,
               error = told.error, updated_at = $11
          FROM told
         WHERE d.tenant_id = $1 AND d.id = ANY ($3::uuid[]) AND d.status = 1
           AND d.id = told.id AND d.attempts = told.attempts
        RETURNING d.id
      ), counted AS (
        INSERT INTO event_tally AS t (tenant_id, endpoint_id, hour, successes, failures, last_at)
        SELECT $1, $2, $12, 0, count(*), $11 FROM done %s
        HAVING count(*) > 0
        ON CONFLICT (tenant_id, endpoint_id, hour) DO UPDATE
           SET failures = t.failures + excluded.failures,
               last_at = greatest(t.last_at, excluded.last_at)
      ), again AS (
        UPDATE event_circuit AS c
           SET failures = greatest(c.failures + 1, least(c.failures + failed.count, $13::integer)),
               open_until = CASE WHEN c.failures + failed.count >= $13::integer THEN %s END
          FROM (SELECT count(*) AS count FROM done) AS failed
         WHERE c.tenant_id = $1 AND c.endpoint_id = $2 AND failed.count > 0
           AND (c.open_until IS NULL OR c.open_until <= $11)
      )
      INSERT INTO event_circuit (tenant_id, endpoint_id, failures, open_until)
      SELECT $1, $2, least(count(*), $13::integer),
             CASE WHEN count(*) >= $13::integer THEN %s END
        FROM done
      HAVING count(*) > 0
      ON CONFLICT (tenant_id, endpoint_id) DO NOTHING
      """
          .formatted(
              RELAXED,
              Circuits.endOfBreak("$14", "c.failures + 1 - $13::integer"),
              Circuits.endOfBreak("$14", "0"));

  /**
   * Several that one endpoint has taken, at the price of one statement. Whoever has taken something
   * is back.
   */
  static final String DELIVERED =
      """
      WITH told AS (
        SELECT unnest($3::uuid[]) AS id, unnest($4::integer[]) AS attempts,
               unnest($5::integer[]) AS response_status, unnest($6::text[]) AS response_body
      ), done AS (
        UPDATE event_delivery AS d
           SET status = $7, due_at = NULL, delivered_at = $8, response_status = told.response_status,
               response_body = told.response_body, error_code = NULL, error = NULL, updated_at = $8
          FROM told
         WHERE d.tenant_id = $1 AND d.id = ANY ($3::uuid[]) AND d.status = 1
           AND d.id = told.id AND d.attempts = told.attempts
        RETURNING d.id
      ), counted AS (
        INSERT INTO event_tally AS t (tenant_id, endpoint_id, hour, successes, failures, last_at)
        SELECT $1, $2, $9, count(*), 0, $8 FROM done %s
        HAVING count(*) > 0
        ON CONFLICT (tenant_id, endpoint_id, hour) DO UPDATE
           SET successes = t.successes + excluded.successes,
               last_at = greatest(t.last_at, excluded.last_at)
      )
      DELETE FROM event_circuit
       WHERE tenant_id = $1 AND endpoint_id = $2 AND EXISTS (SELECT FROM done)
      """
          .formatted(RELAXED);

  /**
   * Claims that were not attempted. A first one is as old as it was; of another it is not known
   * when it was due, nor whether anybody waited longer.
   */
  static final String GIVE_BACK =
      """
      WITH told AS (
        SELECT unnest($2::uuid[]) AS id, unnest($3::integer[]) AS attempts
      ), back AS (
        UPDATE event_delivery AS d
           SET status = 0, attempts = d.attempts - 1,
               due_at = CASE WHEN d.attempts = 1 THEN d.created_at ELSE $4 END,
               last_attempt_at = CASE WHEN d.attempts > 1 THEN d.last_attempt_at END,
               updated_at = $4
          FROM told
         WHERE d.tenant_id = $1 AND d.id = ANY ($2::uuid[]) AND d.status = 1
           AND d.id = told.id AND d.attempts = told.attempts
        RETURNING d.id
      )
      SELECT 1 FROM back %s
      """
          .formatted(RELAXED);

  private OutcomeSql() {}
}
