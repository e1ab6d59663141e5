package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * How many transfers PostgreSQL can store at all: rows that carry two postings each, by COPY, into
 * a table with the product's own columns and indexes, without any account being locked or changed.
 */
final class CopyCeiling {
  private static final int TRANSFERS_A_COPY = 10_000;
  private static final String COPY =
      "COPY ceiling_transfer (tenant_id, status, created_at, id, key, fingerprint, debit_account,"
          + " credit_account, debit_sequence, credit_sequence, amount, debit_balance,"
          + " credit_balance, kind, detail) FROM STDIN";

  private final Database database;
  private long milliseconds = System.currentTimeMillis() << 16;

  CopyCeiling(Database database) {
    this.database = database;
  }

  void prepare() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE ceiling_transfer (LIKE transfer INCLUDING ALL)");
    }
  }

  double perSecond(int seconds) throws SQLException, IOException {
    long transfers = 0;
    long spent = 0;
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long from = System.nanoTime();
      while (System.nanoTime() - from < TimeUnit.SECONDS.toNanos(seconds)) {
        var rows = new StringReader(rows());
        long started = System.nanoTime();
        copy.copyIn(COPY, rows);
        connection.commit();
        spent += System.nanoTime() - started;
        transfers += TRANSFERS_A_COPY;
      }
    }
    return transfers / (spent / 1e9);
  }

  /** One COPY's worth of rows; made outside the measured time. */
  private String rows() {
    var rows = new StringBuilder();
    for (int i = 0; i < TRANSFERS_A_COPY; i++) {
      UUID random = UUID.randomUUID();
      var id = new UUID((milliseconds++ & ~0xF000L) | 0x7000L, random.getLeastSignificantBits());
      rows.append("1\t0\t2026-01-01T00:00:00Z\t")
          .append(id)
          .append('\t')
          .append(random)
          .append('\t')
          .append(UUID.randomUUID())
          .append('\t')
          .append(account())
          .append('\t')
          .append(account())
          .append("\t1\t1\t1\t999999\t1000001\tload\t{\"description\":\"load\"}\n");
    }
    return rows.toString();
  }

  /** Any, so that its place in the index is far from the one before. */
  private static long account() {
    return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
  }
}
