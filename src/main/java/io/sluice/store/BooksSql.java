package io.sluice.store;

import java.util.Arrays;

/**
 * The statements of the transfer pipeline. Each takes the tenant as its first parameter and
 * otherwise arrays, so that one statement serves a batch of any size and stays routable on a
 * sharded PostgreSQL.
 *
 * <p>A lane keeps the plans that it made first, perhaps while all tables were empty; then a plain
 * join would go through all rows of the tenant. So rows are not joined but looked up, laterally
 * with a limit of 1, and updated at the place where they lie, with the number of rows as a limit
 * that cuts nothing off: it makes the planner expect few of them, and go from them to their rows.
 */
final class BooksSql {
  private BooksSql() {}

  /**
   * Ends a statement that updates rows. COMMIT is on its way already when the client hears how many
   * were found, so the statement itself has to fail when one is missing: the text is no number.
   */
  static final String ALL_OR_ERROR =
      """
      SELECT CASE WHEN count(*) = $%2$d THEN 0
                  ELSE ('updated ' || count(*) || ' of ' || $%2$d || ' %1$s')::integer END
      FROM %1$s
      """;

  /**
   * All locks of a batch are taken here, in one order, so that batches cannot deadlock. Where a row
   * lies is read along, as it cannot move while it is locked.
   */
  private static final String LOCK =
      """
      SELECT id, kind, status, floor, balance, overdrawn, sequence, ctid::text, number
      FROM account
      WHERE tenant_id = $1 AND %s
      ORDER BY %s
      FOR UPDATE
      """;

  /** Numbers are short, and accounts opened together lie together. */
  static final String LOCK_NUMBERED_ACCOUNTS =
      LOCK.formatted("number = ANY($2::bigint[])", "number");

  /** The sum keeps PostgreSQL from going through all numbers of the tenant in their order. */
  static final String LOCK_ACCOUNTS = LOCK.formatted("id = ANY($2::uuid[])", "number + 0");

  /** Locks what is free, for a moment, and tells of the rest that it is not. */
  static final String FIND_LOCKS =
      """
      WITH free AS MATERIALIZED (
        SELECT id FROM account WHERE tenant_id = $1 AND id = ANY($2::uuid[])
        FOR UPDATE SKIP LOCKED)
      SELECT id, id IN (SELECT id FROM free)
      FROM account
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])
      """;

  /**
   * Opens accounts at zero. The holder is locked against a change of status until the new account
   * is visible, so that whoever changes the status also finds the account. What is looked up
   * laterally stands apart from what gives out numbers, since Citus does each on another node.
   */
  static final String OPEN_ACCOUNTS =
      """
      WITH opened AS MATERIALIZED (
        SELECT a.*, h.status
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::smallint[])
               AS a(id, holder_id, asset_id, bucket, kind)
        CROSS JOIN LATERAL (
          SELECT status FROM holder WHERE tenant_id = $1 AND id = a.holder_id LIMIT 1 FOR SHARE) AS h
      )
      INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor, updated_at)
      SELECT $1, id, holder_id, asset_id, bucket, kind, status,
             CASE WHEN kind = 2 THEN NULL ELSE 0 END, $7
      FROM opened
      ORDER BY id
      ON CONFLICT DO NOTHING
      """;

  static final String FIND_KEYS =
      """
      SELECT k.key, t.id, t.fingerprint
      FROM unnest($2::uuid[]) AS k(key)
      CROSS JOIN LATERAL (
        SELECT id, fingerprint FROM transfer WHERE tenant_id = $1 AND key = k.key LIMIT 1) AS t
      """;

  static final String FIND_TRANSFERS =
      PgTransferStore.RECEIPT
          + ", t.key, t.fingerprint, t.credential\n"
          + """
          FROM unnest($2::uuid[]) AS wanted(id)
          CROSS JOIN LATERAL (
            SELECT * FROM transfer WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS t
          """
          + PgTransferStore.POSTINGS;

  static final String FIND_HOLDERS =
      """
      SELECT h.id, h.status, h.ceiling
      FROM unnest($2::uuid[]) AS wanted(id)
      CROSS JOIN LATERAL (
        SELECT id, status, ceiling FROM holder WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS h
      """;

  /** Lots need no lock of their own: whoever holds the lock of their account may change them. */
  static final String FIND_LOTS =
      """
      SELECT l.id, l.account_id, l.amount, l.remaining, l.status, l.created_at, l.expires_at,
             l.issuer_id, l.origin_id, l.serial_from, l.produced_on, l.delivered_by,
             l.delivered_under, l.register_id
      FROM unnest($2::uuid[]) AS wanted(id)
      CROSS JOIN LATERAL (
        SELECT * FROM lot WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS l
      """;

  /** What is read of a lot that commands select, with its marks. */
  private static final String SELECTED =
      "id, account_id, amount, remaining, status, created_at, expires_at, matures_at, reference,"
          + " by_hold, parent_id";

  static final String FIND_SELECTED_LOTS =
      "SELECT %s FROM lot WHERE tenant_id = $1 AND id = ANY($2::uuid[])".formatted(SELECTED);

  /** The lots that transfers took something of, and how much. */
  static final String FIND_TAKEN_LOTS =
      """
      SELECT %1$s, transfer_id, taken
      FROM unnest($2::uuid[], $3::uuid[]) AS taking(transfer_id, owner_id)
      CROSS JOIN LATERAL (
        SELECT lot_id, -amount AS taken FROM lot_movement
        WHERE tenant_id = $1 AND transfer_id = taking.transfer_id
          AND account_id = taking.owner_id AND amount < 0
        LIMIT $4) AS m
      CROSS JOIN LATERAL (
        SELECT %1$s FROM lot WHERE tenant_id = $1 AND id = m.lot_id LIMIT 1) AS l
      """
          .formatted(SELECTED);

  /** Like {@link #WALK_LOTS}, along the lots that a filter lets through. */
  private static final String WALK_SELECTED =
      """
      WITH RECURSIVE walk AS (
        SELECT w.view, w.needed, w.expiry_at, w.until, w.credited, l.*,
               l.remaining + 0 AS covered, 1 AS steps
        FROM unnest($3::integer[], $4::uuid[], $5::text[]::numeric[], $6::timestamptz[],
                    $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::text[])
               AS w(view, account_id, needed, expiry_at, since, until, credited, reference)
        CROSS JOIN LATERAL (
          SELECT %1$s
          FROM lot
          WHERE tenant_id = $1 AND account_id = w.account_id AND remaining > 0 %2$s
            AND (expires_at IS NULL OR expires_at > w.expiry_at)
            AND created_at >= w.since AND created_at <= w.until
            AND NOT (w.credited AND by_hold)
          ORDER BY created_at, id
          LIMIT 1) AS l
        UNION ALL
        SELECT walk.view, walk.needed, walk.expiry_at, walk.until, walk.credited, l.*,
               walk.covered + l.remaining, walk.steps + 1
        FROM walk
        CROSS JOIN LATERAL (
          SELECT %1$s
          FROM lot
          WHERE tenant_id = $1 AND account_id = walk.account_id AND remaining > 0 %3$s
            AND (expires_at IS NULL OR expires_at > walk.expiry_at)
            AND (created_at, id) > (walk.created_at, walk.id) AND created_at <= walk.until
            AND NOT (walk.credited AND by_hold)
          ORDER BY created_at, id
          LIMIT 1) AS l
        WHERE walk.covered < walk.needed AND walk.steps < $2
      )
      SELECT %1$s, view
      FROM walk
      ORDER BY view, created_at, id
      """;

  static final String WALK_ANY_LOTS = WALK_SELECTED.formatted(SELECTED, "", "");

  /** Lots with a reference have an index of their own. */
  static final String WALK_MARKED_LOTS =
      WALK_SELECTED.formatted(
          SELECTED, "AND reference = w.reference", "AND reference = walk.reference");

  /**
   * Walks each account's live lots from the oldest on, by one index probe a lot, and stops as soon
   * as they cover what is wanted: an account with a million lots costs no more than the lots that
   * it pays from.
   */
  static final String WALK_LOTS =
      """
      WITH RECURSIVE walk AS (
        SELECT w.needed, w.expiry_at, l.*, l.remaining + 0 AS covered, 1 AS steps
        FROM unnest($2::uuid[], $3::text[]::numeric[], $4::timestamptz[])
               AS w(account_id, needed, expiry_at)
        CROSS JOIN LATERAL (
          SELECT id, account_id, amount, remaining, created_at, expires_at
          FROM lot
          WHERE tenant_id = $1 AND account_id = w.account_id AND remaining > 0
            AND (expires_at IS NULL OR expires_at > w.expiry_at)
          ORDER BY created_at, id
          LIMIT 1) AS l
        UNION ALL
        SELECT walk.needed, walk.expiry_at, l.*, walk.covered + l.remaining, walk.steps + 1
        FROM walk
        CROSS JOIN LATERAL (
          SELECT id, account_id, amount, remaining, created_at, expires_at
          FROM lot
          WHERE tenant_id = $1 AND account_id = walk.account_id AND remaining > 0
            AND (expires_at IS NULL OR expires_at > walk.expiry_at)
            AND (created_at, id) > (walk.created_at, walk.id)
          ORDER BY created_at, id
          LIMIT 1) AS l
        WHERE walk.covered < walk.needed AND walk.steps < $5
      )
      SELECT id, account_id, amount, remaining, created_at, expires_at
      FROM walk
      ORDER BY account_id, created_at, id
      """;

  /**
   * Walks the live lots of one account's issuer from the oldest on, as {@link #WALK_LOTS} does:
   * those produced from one day to another, and where an order is given delivered under it.
   */
  static final String WALK_CHOSEN_LOTS =
      """
      WITH RECURSIVE walk AS (
        SELECT l.*, l.remaining + 0 AS covered, 1 AS steps
        FROM (
          SELECT * FROM lot
          WHERE tenant_id = $1 AND account_id = $2 AND issuer_id = $3 AND remaining > 0
            AND produced_on BETWEEN $4 AND $5
            AND ($6::uuid IS NULL OR delivered_under = $6)
          ORDER BY created_at, produced_on, serial_from, id
          LIMIT 1) AS l
        UNION ALL
        SELECT l.*, walk.covered + l.remaining, walk.steps + 1
        FROM walk
        CROSS JOIN LATERAL (
          SELECT * FROM lot
          WHERE tenant_id = $1 AND account_id = $2 AND issuer_id = $3 AND remaining > 0
            AND produced_on BETWEEN $4 AND $5
            AND ($6::uuid IS NULL OR delivered_under = $6)
            AND (created_at, produced_on, serial_from, id)
                  > (walk.created_at, walk.produced_on, walk.serial_from, walk.id)
          ORDER BY created_at, produced_on, serial_from, id
          LIMIT 1) AS l
        WHERE walk.covered < $7::text::numeric AND walk.steps < $8
      )
      SELECT id, account_id, amount, remaining, status, created_at, expires_at, issuer_id,
             origin_id, serial_from, produced_on, delivered_by, delivered_under, register_id
      FROM walk
      ORDER BY created_at, produced_on, serial_from, id
      """;

  /** Numbers of at most 64 bits, which nearly all are: PostgreSQL need not read digits. */
  private static final String SHORT = "unnest($%d::bigint[])";

  private static final String LONG = "unnest($%d::text[])::numeric";

  /**
   * Makes Citus insert what was selected by a statement of its own. Otherwise it does so by COPY,
   * and tells of a key that is taken without the SQLSTATE.
   */
  static final String RETURNING = " RETURNING 1";

  /**
   * What every batch writes, in one statement: transfers that carry their two postings, and
   * accounts. Accounts are updated at the place that locking them told, which spares a second
   * descent of the index for each. Rows are unnested column by column in the select list: in FROM,
   * PostgreSQL would first store every column away.
   */
  private static final String WRITING =
      """
      WITH transfers AS (
        INSERT INTO transfer (tenant_id, status, created_at, id, key, fingerprint, debit_account,
                              credit_account, debit_sequence, credit_sequence, amount,
                              debit_balance, credit_balance, kind, detail, credential)
        SELECT $1, unnest($3::smallint[]), $2, unnest($4::uuid[]), unnest($5::uuid[]),
               unnest($6::uuid[]), unnest($7::bigint[]), unnest($8::bigint[]),
               unnest($9::bigint[]), unnest($10::bigint[]), %s, %s, %s,
               unnest($14::text[]), unnest($15::text[]), unnest($22::integer[])%%s
      ), accounts AS (
        UPDATE account
        SET balance = a.balance, overdrawn = a.overdrawn, sequence = a.sequence, updated_at = $2
        FROM (SELECT unnest($16::bigint[]) AS number, unnest($17::text[])::tid AS place,
                     %s AS balance, %s AS overdrawn, unnest($20::bigint[]) AS sequence
              LIMIT $21) AS a
        WHERE account.tenant_id = $1 AND account.number = a.number%%s
        RETURNING 1
      )
      """;

  private static final String ALL_ACCOUNTS = ALL_OR_ERROR.formatted("accounts", 21);

  static final Forms WRITE = writing(SHORT, ALL_ACCOUNTS);
  static final Forms WRITE_LONG = writing(LONG, ALL_ACCOUNTS);

  private static final String WITH_EVENTS = EventSql.besides(23) + ALL_ACCOUNTS;

  /**
   * The same with the events that tell of them. Where tables lie on several nodes, events have a
   * statement of their own.
   */
  static final Forms WRITE_TOLD = Forms.onOneServer(writing(SHORT, WITH_EVENTS).plain());

  static final Forms WRITE_TOLD_LONG = Forms.onOneServer(writing(LONG, WITH_EVENTS).plain());

  /** Only rows of one server lie where a statement can go to them. */
  private static Forms writing(String column, String end) {
    String found = numbers(WRITING + end.replace("%", "%%%%"), column, 11, 12, 13, 18, 19);
    return new Forms(
        found.formatted("", " AND account.ctid = a.place"), found.formatted(RETURNING, ""));
  }

  /** Transfers with other than two postings, and these. */
  private static final String WRITING_LISTED =
      """
      WITH transfers AS (
        INSERT INTO transfer (tenant_id, status, created_at, id, key, fingerprint, kind, detail,
                              accounts, sequences, credential)
        SELECT $1, unnest($3::smallint[]), $2, unnest($4::uuid[]), unnest($5::uuid[]),
               unnest($6::uuid[]), unnest($7::text[]), unnest($8::text[]),
               unnest($9::text[])::bigint[], unnest($10::text[])::bigint[],
               unnest($16::integer[])%%1$s
      )
      INSERT INTO listed_posting (tenant_id, account, sequence, transfer_id, amount, balance)
      SELECT $1, unnest($11::bigint[]), unnest($12::bigint[]), unnest($13::uuid[]), %s, %s%%1$s
      """;

  static final Forms WRITE_LISTED = listed(SHORT);
  static final Forms WRITE_LISTED_LONG = listed(LONG);

  private static Forms listed(String column) {
    String found = numbers(WRITING_LISTED, column, 14, 15);
    return new Forms(found.formatted(""), found.formatted(RETURNING));
  }

  private static String numbers(String statement, String column, Integer... parameters) {
    return statement.formatted(Arrays.stream(parameters).map(column::formatted).toArray());
  }
}
