package io.sluice.store;

/** The statements by which the pipeline writes lots; see {@link BooksSql} for the others. */
final class LotSql {
  private LotSql() {}

  private static final String INSERTING_LOTS =
      """
      INSERT INTO lot (tenant_id, id, account_id, amount, remaining, status, created_at, expires_at,
                       issuer_id, origin_id, serial_from, parent_id, left_child_id, right_child_id,
                       produced_on, delivered_by, delivered_under, retired_by,
                       retired_for, register_id%1$s)
      SELECT $1, l.id, l.account_id, l.amount::numeric, l.remaining::numeric, l.status, l.created_at,
             l.expires_at, l.issuer_id, l.origin_id, l.serial_from, l.parent_id, l.left_child_id,
             l.right_child_id, l.produced_on, l.delivered_by, l.delivered_under, l.retired_by,
             l.retired_for, l.register_id%1$s
      FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::timestamptz[],
                  $8::timestamptz[], $9::uuid[], $10::uuid[], $11::bigint[], $12::uuid[], $13::uuid[],
                  $14::uuid[], $15::date[], $16::uuid[], $17::uuid[], $18::uuid[], $19::uuid[],
                  $20::uuid[]%2$s)
             AS l(id, account_id, amount, remaining, status, created_at, expires_at, issuer_id,
                  origin_id, serial_from, parent_id, left_child_id, right_child_id, produced_on,
                  delivered_by, delivered_under, retired_by, retired_for, register_id%1$s)
      """;

  static final Forms INSERT_LOTS = inserting(INSERTING_LOTS.formatted("", ""));

  /** Lots with marks, or with an end. */
  static final Forms INSERT_MARKED_LOTS =
      inserting(
          INSERTING_LOTS.formatted(
              ", due_at, matures_at, reference, by_hold",
              ", $21::timestamptz[], $22::timestamptz[], $23::text[], $24::boolean[]"));

  private static Forms inserting(String statement) {
    return new Forms(statement, statement + BooksSql.RETURNING);
  }

  private static final String UPDATING_LOTS =
      """
      WITH lots AS (
        UPDATE lot
        SET account_id = l.account_id, remaining = l.remaining::numeric, status = l.status,
            left_child_id = l.left_child_id, right_child_id = l.right_child_id,
            delivered_by = coalesce(l.delivered_by, lot.delivered_by),
            delivered_under = coalesce(l.delivered_under, lot.delivered_under),
            retired_by = l.retired_by, retired_for = l.retired_for%1$s
        FROM (SELECT changed.*, stored.place
              FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::uuid[],
                          $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[]%2$s)
                     AS changed(id, account_id, remaining, status, left_child_id, right_child_id,
                                delivered_by, delivered_under, retired_by, retired_for%3$s)
              CROSS JOIN LATERAL (%4$s) AS stored
              LIMIT $12) AS l
        WHERE lot.tenant_id = $1 AND lot.id = l.id%5$s
        RETURNING 1
      )
      """
          + BooksSql.ALL_OR_ERROR.formatted("lots", 12);

  private static final String[] UNMARKED = {"", "", ""};

  /** Lots whose marks change, too. */
  private static final String[] MARKED = {
    ", due_at = l.due_at, reference = l.reference, by_hold = l.by_hold",
    ", $13::timestamptz[], $14::text[], $15::boolean[]",
    ", due_at, reference, by_hold"
  };

  static final Forms UPDATE_LOTS = updatingLots(UNMARKED);
  static final Forms UPDATE_MARKED_LOTS = updatingLots(MARKED);

  private static Forms updatingLots(String... marks) {
    String stored =
        "SELECT ctid AS place FROM lot WHERE tenant_id = $1 AND id = changed.id LIMIT 1";
    return new Forms(
        UPDATING_LOTS.formatted(marks[0], marks[1], marks[2], stored, " AND lot.ctid = l.place"),
        UPDATING_LOTS.formatted(marks[0], marks[1], marks[2], "SELECT 1 AS place", ""));
  }

  static final Forms INSERT_LOT_MOVEMENTS =
      inserting(
          """
          INSERT INTO lot_movement (tenant_id, transfer_id, lot_id, account_id, amount)
          SELECT $1, m.transfer_id, m.lot_id, m.account_id, m.amount::numeric
          FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
                 AS m(transfer_id, lot_id, account_id, amount)
          """);
}
