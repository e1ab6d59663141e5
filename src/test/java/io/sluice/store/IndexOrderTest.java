package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IndexOrderTest {
  @Test
  void uuidsAreInTheOrderOfPostgresql() throws SQLException {
    // Given
    var uuids =
        new ArrayList<UUID>(
            List.of(
                new UUID(-1, 0),
                new UUID(1, -1),
                new UUID(1, 1),
                new UUID(Long.MIN_VALUE, 5),
                new UUID(0, Long.MIN_VALUE),
                new UUID(0, Long.MAX_VALUE)));

    // When
    uuids.sort(IndexOrder.OF_UUIDS);

    // Then
    assertThat(uuids).isEqualTo(sortedByPostgresql(uuids));
  }

  private static List<UUID> sortedByPostgresql(List<UUID> uuids) throws SQLException {
    String values =
        "('" + String.join("'), ('", uuids.stream().map(UUID::toString).toList()) + "')";
    var sorted = new ArrayList<UUID>();
    try (TestDatabase test = TestDatabase.create();
        Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM (VALUES "
                    + values
                    + ") AS v(text), uuid(text) AS id ORDER BY id")) {
      while (rows.next()) {
        sorted.add(rows.getObject(1, UUID.class));
      }
    }
    return sorted;
  }
}
