package io.sluice.loadtest;

import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a transfer reads or changes at places that nobody can foresee, brought into memory as it
 * would be after some hours of work: with PostgreSQL's own extension {@code pg_prewarm}.
 */
final class GrowthPages {
  /** The most often used last, so that they are still there when there is not room for all. */
  private static final List<String> AT_RANDOM =
      List.of(
          "holder",
          "holder_pkey",
          "account_number",
          "transfer_debit",
          "transfer_credit",
          "transfer_key",
          "account",
          "account_pkey");

  private final Database database;

  GrowthPages(Database database) {
    this.database = database;
  }

  /** Reads as many of the last pages of each as fit into the server's own cache. */
  void bringIn() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
      for (String relation : AT_RANDOM) {
        try (ResultSet row =
            statement.executeQuery("SELECT pg_prewarm('" + relation + "', 'buffer')")) {
          row.next();
          System.out.printf("  %s: %,d pages of %s%n", database.name(), row.getLong(1), relation);
        }
      }
    }
  }
}
