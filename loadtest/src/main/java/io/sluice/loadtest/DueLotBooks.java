package io.sluice.loadtest;

import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * Lots in great number, written by SQL as if each had come by a credit like the one that every
 * participant has had through the API. They all expire at one time, each participant's between
 * others'.
 */
final class DueLotBooks {
  /**
   * One for each credit to be, in the order in which they will have been made, of which their ids
   * tell the time.
   */
  private static final String CLONES =
      """
      CREATE TEMPORARY TABLE clone ON COMMIT DROP AS
      SELECT made.*, %2$s AS transfer_id
        FROM (SELECT credit.*, now() + k * interval '1 microsecond' AS created_at
                FROM (%1$s) AS credit) AS made
      """;

  /** Each participant's turns, each between others'. */
  private static final String CREDITS =
      """
      SELECT row_number() OVER (ORDER BY turn, a.number) AS k, turn, a.id AS account_id,
             a.number, a.sequence, a.balance, gen_random_uuid() AS lot_id, first.amount, first.kind,
             first.detail, first.credential, first.debit_account
        FROM account a
        JOIN transfer first ON first.tenant_id = a.tenant_id AND first.credit_account = a.number
                           AND first.credit_sequence = 1
        CROSS JOIN generate_series(1, %d) AS turn
       WHERE a.asset_id = '%s' AND a.kind = 1 AND a.bucket = 0
      """;

  private static final String TRANSFERS =
      """
      INSERT INTO transfer (tenant_id, credential, created_at, id, debit_account, credit_account,
                            debit_sequence, credit_sequence, status, amount, debit_balance,
                            credit_balance, kind, detail)
      SELECT s.tenant_id, c.credential, c.created_at, c.transfer_id, c.debit_account, c.number,
             s.sequence + c.k, c.sequence + c.turn, 0, c.amount, s.balance - c.k * c.amount, c.balance + c.turn * c.amount, c.kind, c.detail
        FROM clone c JOIN account s ON s.number = c.debit_account
      """;

  private static final String LOTS =
      """
      INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at, expires_at, due_at)
      SELECT s.tenant_id, c.lot_id, c.account_id, c.amount, c.amount, c.created_at,
             now() + interval '%1$d seconds' + c.k * interval '1 microsecond',
             now() + interval '%1$d seconds' + c.k * interval '1 microsecond'
        FROM clone c JOIN account s ON s.number = c.debit_account
      """;

  private static final String MOVEMENTS =
      """
      INSERT INTO lot_movement (tenant_id, transfer_id, lot_id, account_id, amount)
      SELECT s.tenant_id, c.transfer_id, c.lot_id, c.account_id, c.amount
        FROM clone c JOIN account s ON s.number = c.debit_account
      """;

  private static final String PARTICIPANTS =
      """
      UPDATE account a
         SET balance = a.balance + sum.amount, sequence = a.sequence + sum.turns
        FROM (SELECT account_id, sum(amount) AS amount, count(*) AS turns
                FROM clone GROUP BY account_id) AS sum
       WHERE a.id = sum.account_id AND a.asset_id = '%s'
      """;

  private static final String ISSUANCE =
      """
      UPDATE account s
         SET balance = s.balance - sum.amount, sequence = s.sequence + sum.turns
        FROM (SELECT debit_account, sum(amount) AS amount, count(*) AS turns
                FROM clone GROUP BY debit_account) AS sum
       WHERE s.number = sum.debit_account
      """;

  /** Also those that are due within a minute: the clocks of two processes are not one. */
  private static final String LEFT =
      "SELECT EXISTS (SELECT 1 FROM lot"
          + " WHERE remaining > 0 AND due_at <= now() + interval '1 minute')";

  /** Lots that left an account by expiring, how often, and when the last one did. */
  private static final String EXPIRED =
      """
      SELECT count(DISTINCT m.lot_id), count(*),
             coalesce((1000 * extract(epoch FROM max(t.created_at)))::bigint, 0)
        FROM transfer t JOIN lot_movement m ON m.tenant_id = t.tenant_id AND m.transfer_id = t.id
       WHERE t.kind = 'scrip.expiration' AND m.amount < 0
      """;

  private final Database database;
  private final String asset;

  /**
   * @param asset of which each participant has had one credit, and nobody any other
   */
  DueLotBooks(Database database, String asset) {
    this.database = database;
    this.asset = asset;
  }

  /**
   * Writes them. Nobody may use the asset meanwhile.
   *
   * @param each of every participant's
   * @param dueSeconds in which they expire
   */
  void write(int each, int dueSeconds) throws SQLException {
    GrowthLoader.execute(database, "ANALYZE account, transfer");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // What rows refer to is there.
      statement.execute("SET LOCAL session_replication_role = replica");
      for (String step :
          List.of(
              CLONES.formatted(CREDITS.formatted(each, asset), IdSql.timeOrdered("created_at")),
              "ANALYZE clone",
              TRANSFERS,
              LOTS.formatted(dueSeconds),
              MOVEMENTS,
              PARTICIPANTS.formatted(asset),
              ISSUANCE)) {
        statement.execute(step);
      }
      connection.commit();
    }
    // What the server would else do by itself while transfers are measured.
    GrowthLoader.execute(database, "VACUUM (ANALYZE) lot, transfer, lot_movement, account");
    GrowthLoader.execute(database, "CHECKPOINT");
  }

  /** Whether lots are left that should have expired. */
  boolean areSomeLeft() throws SQLException {
    return GrowthLoader.row(database, LEFT)[0].equals("t");
  }

  /**
   * What has expired.
   *
   * @param lots different ones
   * @param times how often, which is the same where none has twice
   * @param last when the last of them did
   */
  record Expired(long lots, long times, Instant last) {}

  Expired expired() throws SQLException {
    String[] row = GrowthLoader.row(database, EXPIRED);
    return new Expired(
        Long.parseLong(row[0]),
        Long.parseLong(row[1]),
        Instant.ofEpochMilli(Long.parseLong(row[2])));
  }
}
