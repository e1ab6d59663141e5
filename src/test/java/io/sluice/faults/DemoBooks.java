package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Database;
import io.sluice.store.Verifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What PostgreSQL holds of the transfers of a load. */
final class DemoBooks {
  private static final String TRANSFERS =
      """
      SELECT count(*), coalesce(sum(p.amount), 0) FROM transfer t
      JOIN posting p ON p.tenant_id = t.tenant_id AND p.transfer_id = t.id AND p.amount > 0
      WHERE t.kind = 'corebanq.transfer' AND t.status = 0
      """;

  private DemoBooks() {}

  /** That so many transfers of one cent are stored, each once, and that the books are whole. */
  static void requireTransfers(Database database, int expected) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TRANSFERS)) {
      row.next();
      assertThat(row.getInt(1)).as("stored transfers").isEqualTo(expected);
      assertThat(row.getInt(2)).as("moved cents").isEqualTo(expected);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    assertThat(Verifier.run(database, progress -> {}).findings()).isEmpty();
  }
}
