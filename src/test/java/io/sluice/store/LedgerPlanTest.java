package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A lane keeps the plans that it made first, which may have been on a database without accounts.
 */
class LedgerPlanTest {
  private static final String ARRAYS = ", '{}'".repeat(18);

  @Test
  void aBatchGoesFromItsAccountsToTheirRowsThoughPlannedOnAnEmptyTable() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // Given
      for (String setting :
          List.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")) {
        statement.execute("SET " + setting + " = off");
      }
      statement.execute("SET plan_cache_mode = force_generic_plan");
      statement.execute("PREPARE write_batch AS " + LedgerSql.WRITE);

      // When
      var plan = new StringBuilder();
      try (ResultSet rows =
          statement.executeQuery("EXPLAIN EXECUTE write_batch(1, now()" + ARRAYS + ", 0)")) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }

      // Then
      assertThat(plan.toString()).contains("Tid Scan on account").doesNotContain("account_pkey");
    }
  }
}
