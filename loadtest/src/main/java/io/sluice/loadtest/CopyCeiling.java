package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * How many transfers PostgreSQL can store at all: the rows of a transfer and its two postings, by
 * COPY, into tables with the product's own columns and indexes, without any account being locked or
 * changed.
 */
final class CopyCeiling {
  private static final int TRANSFERS_A_COPY = 10_000;

  private final Database database;

  CopyCeiling(Database database) {
    this.database = database;
  }

  void prepare() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE ceiling_transfer (LIKE transfer INCLUDING ALL)");
      statement.execute("CREATE TABLE ceiling_posting (LIKE posting INCLUDING ALL)");
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
        var rows = new Rows();
        long started = System.nanoTime();
        copy.copyIn("COPY ceiling_transfer FROM STDIN", new StringReader(rows.transfers()));
        copy.copyIn("COPY ceiling_posting FROM STDIN", new StringReader(rows.postings()));
        connection.commit();
        spent += System.nanoTime() - started;
        transfers += TRANSFERS_A_COPY;
      }
    }
    return transfers / (spent / 1e9);
  }

  /** One COPY's worth of rows; made outside the measured time. */
  private static final class Rows {
    private static long milliseconds = System.currentTimeMillis() << 16;

    private final StringBuilder transfers = new StringBuilder();
    private final StringBuilder postings = new StringBuilder();

    Rows() {
      for (int i = 0; i < TRANSFERS_A_COPY; i++) {
        add();
      }
    }

    private void add() {
      UUID random = UUID.randomUUID();
      var id = new UUID((milliseconds++ & ~0xF000L) | 0x7000L, random.getLeastSignificantBits());
      UUID source = UUID.randomUUID();
      UUID destination = UUID.randomUUID();
      transfers
          .append("1\t")
          .append(id)
          .append("\tload\t0\t2026-01-01T00:00:00Z\t")
          .append(random)
          .append("\t\\\\x")
          .append("ab".repeat(32))
          .append("\t{\"description\":\"load\"}\t{")
          .append(source)
          .append(',')
          .append(destination)
          .append("}\t{1,1}\n");
      posting(source, id, "-1");
      posting(destination, id, "1");
    }

    private void posting(UUID account, UUID transfer, String amount) {
      postings
          .append("1\t")
          .append(account)
          .append("\t1\t")
          .append(transfer)
          .append('\t')
          .append(amount)
          .append("\t1000000\n");
    }

    String transfers() {
      return transfers.toString();
    }

    String postings() {
      return postings.toString();
    }
  }
}
