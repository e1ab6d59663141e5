package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.BooksStatements.Name;
import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A lane keeps the plans that it made first, which may have been on a database without any rows.
 */
class BooksPlanTest {
  /** A condition on the tenant alone leads to all of its rows. */
  private static final Predicate<String> TENANT_ALONE =
      line -> line.endsWith("Cond: (tenant_id = $1)");

  /** Where events are told, all of a tenant's endpoints are asked: they are few. */
  private static final Set<Name> TELLING =
      Set.of(Name.INSERT_EVENTS, Name.WRITE_TOLD, Name.WRITE_TOLD_LONG);

  private static final Predicate<String> WHOLE_TABLE = line -> line.contains("Seq Scan");

  @ParameterizedTest
  @EnumSource(Name.class)
  void aBatchGoesFromItsOwnRowsToThoseOfTheTableThoughPlannedOnAnEmptyOne(Name name)
      throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // Given
      for (Map.Entry<String, String> setting :
          DatabaseTest.options(test.database(), ConnectionUse.LANE).getProperties().entrySet()) {
        statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
      }
      statement.execute("PREPARE planned AS " + name.sql(false));

      // When
      List<String> plan = column(statement, "EXPLAIN EXECUTE planned(" + nulls(statement) + ")");

      // Then
      assertThat(plan).isNotEmpty().noneMatch(WHOLE_TABLE);
      assertThat(plan.stream().filter(TENANT_ALONE))
          .hasSizeLessThanOrEqualTo(TELLING.contains(name) ? 1 : 0);
    }
  }

  @Test
  void bothFormsOfAStatementTakeTheSameParameters() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (Name name : withBothForms()) {
        // Given
        statement.execute("DEALLOCATE ALL");
        statement.execute("PREPARE plain AS " + name.sql(false));
        String parameters = nulls(statement);
        statement.execute("DEALLOCATE ALL");

        // When
        statement.execute("PREPARE distributed AS " + name.sql(true));

        // Then
        assertThat(nulls(statement)).as(name.name()).isEqualTo(parameters);
      }
    }
  }

  private static List<Name> withBothForms() {
    List<Name> both = Arrays.stream(Name.values()).filter(n -> !n.sql(true).isEmpty()).toList();
    assertThat(both).contains(Name.WRITE, Name.INSERT_EVENTS);
    return both;
  }

  private static String nulls(Statement statement) throws SQLException {
    return String.join(
        ", ",
        column(
            statement, "SELECT 'NULL::' || unnest(parameter_types) FROM pg_prepared_statements"));
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    var values = new ArrayList<String>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
