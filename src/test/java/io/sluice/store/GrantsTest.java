package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who has the role that serves, as by an injected statement. */
class GrantsTest {
  private static final String FORBIDDEN = "42501";

  private final TestDatabase test = TestDatabase.create();
  private final String role = test.roles().runtime().user();

  @BeforeEach
  void needTwoRoles() {
    assumeTrue(test.roles().areApart(), "the server that is named has one role for all");
  }

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE listed_posting SET amount = amount + 1",
        "DELETE FROM listed_posting",
        "UPDATE transfer SET status = 0",
        "DELETE FROM transfer",
        "UPDATE lot_movement SET amount = amount + 1",
        "DELETE FROM lot_movement",
        "UPDATE audit SET record = '{}'",
        "DELETE FROM audit",
        "INSERT INTO transfer SELECT * FROM transfer ON CONFLICT (tenant_id, id)"
            + " DO UPDATE SET status = 0",
        "TRUNCATE listed_posting",
        "ALTER TABLE listed_posting ADD COLUMN mine integer",
        "DROP TABLE lot_movement",
        "CREATE TABLE mine (id integer)",
        "CREATE INDEX mine ON account (balance)",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER mine BEFORE INSERT ON listed_posting EXECUTE FUNCTION"
            + " suppress_redundant_updates_trigger()",
        "CREATE RULE mine AS ON INSERT TO listed_posting DO INSTEAD NOTHING",
        "UPDATE flyway_schema_history SET checksum = 0",
        "INSERT INTO flyway_schema_history SELECT * FROM flyway_schema_history",
      })
  void forbidsTheRoleThatServesToChangeWhatMovedOrTheSchema(String attack) {
    // When / Then
    assertThatThrownBy(() -> execute(attack))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(FORBIDDEN));
  }

  /** So that one can go back to an earlier build, and its gateways can start anew meanwhile. */
  @Test
  void startsOnASchemaThatALaterBuildHasAddedTo() {
    // Given
    test.execute("ALTER TABLE tenant ADD COLUMN later text");
    test.execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " VALUES (9000, '9000', 'later', 'SQL', 'V9000__later.sql', 1, 'x', 1, true)");
    Migrations ours = new Migrations(test.roles().runtime());

    // When
    String version = ours.migrate();

    // Then
    assertThat(version).isEqualTo("9000");
    assertThat(ours.pending()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT UPDATE ON listed_posting TO %s",
        "GRANT UPDATE (amount) ON listed_posting TO %s",
        "GRANT DELETE ON transfer TO %s",
        "GRANT CREATE ON SCHEMA public TO %s",
        "GRANT ALL ON flyway_schema_history TO %s",
        "REVOKE INSERT ON listed_posting FROM %s",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %s",
      })
  void putsRightAtTheNextMigrationWhatSomebodyChanged(String change) throws SQLException {
    // Given
    test.execute(change.formatted(role));

    // When
    new Migrations(test.roles()).migrate();

    // Then
    assertThatThrownBy(() -> execute("UPDATE listed_posting SET amount = 1"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute("DELETE FROM transfer")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute("CREATE TABLE mine ()")).isInstanceOf(SQLException.class);
    execute("INSERT INTO listed_posting SELECT * FROM listed_posting");
    execute("UPDATE account SET balance = balance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE listed_posting OWNER TO %s",
        "GRANT UPDATE ON listed_posting TO PUBLIC; GRANT CREATE ON SCHEMA public TO PUBLIC",
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %%I TO PUBLIC', current_database());"
            + " END $$",
      })
  void refusesARoleThatCannotBeKeptFromMore(String way) {
    // Given
    test.execute(way.formatted(role));
    Migrations migrations = new Migrations(test.roles());

    // When / Then
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the role " + role + ", which serves, could change what has moved")
        .hasMessageContaining("database.migrate.url");
  }

  /** Privileges that are not inherited are a SET ROLE away. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER ROLE %2$s SUPERUSER",
        "ALTER ROLE %2$s CREATEROLE",
        "ALTER ROLE %1$s NOINHERIT; GRANT DELETE ON transfer TO %2$s",
        "ALTER ROLE %1$s NOINHERIT; GRANT UPDATE (amount) ON listed_posting TO %2$s",
        "ALTER ROLE %1$s NOINHERIT; ALTER TABLE account OWNER TO %2$s",
        "ALTER ROLE %1$s NOINHERIT; GRANT CREATE ON SCHEMA public TO %2$s",
      })
  void refusesARoleThatMayBecomeOneThatCannotBeKeptFromMore(String way) {
    // Given
    String owner = test.roles().owner().user();
    String other = "another_" + UUID.randomUUID().toString().replace('-', '_');
    Migrations migrations = new Migrations(test.roles());
    test.execute("CREATE ROLE " + other + "; GRANT " + other + " TO " + role);
    try {
      test.execute(way.formatted(role, other));

      // When / Then
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is a member of the role " + other);
    } finally {
      test.execute("ALTER ROLE " + role + " INHERIT");
      test.execute("REASSIGN OWNED BY " + other + " TO " + owner);
      test.execute("DROP OWNED BY " + other + "; DROP ROLE " + other);
    }
  }

  @Test
  void saysThatTheRoleThatServesDoesNotExist() {
    // Given
    Database owner = test.roles().owner();
    Database nobody =
        new Database(
            owner.host(),
            owner.port(),
            owner.name(),
            "nobody_there",
            owner.password(),
            owner.sslMode(),
            owner.rootCertificate(),
            owner.limits());
    Migrations migrations = new Migrations(new DatabaseRoles(nobody, owner));

    // When / Then
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CREATE ROLE nobody_there LOGIN");
  }

  /** A table that got another name would be open to changes. */
  @Test
  void namesTablesThatThereAre() throws SQLException {
    for (String table : Grants.APPEND_ONLY) {
      execute("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE false");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = test.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
