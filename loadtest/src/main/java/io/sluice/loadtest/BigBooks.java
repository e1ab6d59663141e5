package io.sluice.loadtest;

import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** What is done to the product's tables from outside. */
final class BigBooks {
  /** After the one transfer of a kind that the tenant has: the same again, so often. */
  private static final String REPEAT =
      """
      INSERT INTO transfer (tenant_id, status, created_at, id, debit_account, credit_account,
                            debit_sequence, credit_sequence, amount, debit_balance,
                            credit_balance, kind, detail)
      SELECT t.tenant_id, t.status, t.created_at + i * interval '1 microsecond',
             %4$s, t.debit_account, t.credit_account, t.debit_sequence + i,
             t.credit_sequence + i, t.amount, t.debit_balance - i * t.amount,
             t.credit_balance + i * t.amount, t.kind, t.detail
      FROM transfer t, generate_series(1, %1$d) AS i
      WHERE t.tenant_id = (SELECT tenant_id FROM holder WHERE id = '%2$s') AND t.kind = '%3$s'
      """;

  /** What is made tomorrow is not sealed while something is measured. */
  private static final String TOMORROW = IdSql.timeOrdered("now() + interval '1 day'");

  private static final String SETTLE =
      """
      UPDATE account a
      SET balance = last.balance, sequence = last.sequence,
          overdrawn = greatest(0, -last.balance)
      FROM (SELECT DISTINCT ON (tenant_id, account) * FROM posting
            WHERE tenant_id = (SELECT tenant_id FROM holder WHERE id = '%s')
            ORDER BY tenant_id, account, sequence DESC) AS last
      WHERE a.tenant_id = last.tenant_id AND a.number = last.account
      """;

  private final Database database;

  BigBooks(Database database) {
    this.database = database;
  }

  /**
   * Repeats the only transfer of a kind of a holder's tenant, after which none was made; nothing
   * else may use it meanwhile.
   */
  void repeat(UUID holder, String kind, int times) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, REPEAT.formatted(times, holder, kind, TOMORROW));
      execute(connection, SETTLE.formatted(holder));
      connection.commit();
      connection.setAutoCommit(true);
      execute(connection, "VACUUM (ANALYZE) transfer");
    }
  }

  /** Locks a ledger's account, as somebody does who forgets a transaction; until it is closed. */
  AutoCloseable lock(UUID ledger) throws SQLException {
    return hold("SELECT 1 FROM account WHERE holder_id = '" + ledger + "' FOR UPDATE");
  }

  /** Leaves a transaction open that locks nothing; PostgreSQL prunes nothing that is newer. */
  AutoCloseable open() throws SQLException {
    return hold("SELECT pg_current_xact_id()");
  }

  private AutoCloseable hold(String sql) throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    execute(connection, sql);
    return () -> {
      connection.rollback();
      connection.close();
    };
  }

  /**
   * Lets each commit of later connections take longer, as on a disk that is slow; PostgreSQL sleeps
   * meanwhile, so that the processors are free.
   */
  void slowCommits(int micros) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      for (String setting : List.of("commit_delay = " + micros, "commit_siblings = 0")) {
        execute(connection, "ALTER DATABASE " + connection.getCatalog() + " SET " + setting);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
