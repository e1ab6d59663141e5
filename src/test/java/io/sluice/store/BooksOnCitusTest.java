package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.store.BooksStatements.Name;
import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Citus can plan every statement of the pipeline, and carry it out where there is nothing. */
class BooksOnCitusTest {
  private static final String TYPES =
      "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'planned'";

  private static TestDatabase test;

  @BeforeAll
  static void create() {
    assumeTrue(
        TestDatabase.isOnCitus(), "skipped: DATABASE_URL names no database with Citus on it");
    test = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    if (test != null) {
      test.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void plansAStatementForATenant(Name name) throws SQLException {
    assumeFalse(name.sql(true).isEmpty(), "not used there");
    try (Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // Given
      for (Map.Entry<String, String> setting :
          DatabaseTest.options(test.database(), ConnectionUse.LANE).getProperties().entrySet()) {
        statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
      }
      statement.execute("PREPARE planned AS " + name.sql(true));
      String call = "EXECUTE planned(" + arguments(statement) + ")";

      // When / Then
      assertThatCode(() -> statement.execute(call)).doesNotThrowAnyException();
    }
  }

  /** The first tenant, and nothing else: empty arrays. */
  private static String arguments(Statement statement) throws SQLException {
    var arguments = new StringJoiner(", ");
    try (ResultSet types = statement.executeQuery(TYPES)) {
      while (types.next()) {
        arguments.add(argument(types.getString(1)));
      }
    }
    return arguments.toString().replaceFirst("^0", "1");
  }

  private static String argument(String type) {
    return switch (type) {
      case "integer", "bigint" -> "0";
      case "timestamp with time zone" -> "now()";
      default -> type.endsWith("[]") ? "'{}'" : "NULL";
    };
  }
}
