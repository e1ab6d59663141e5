package io.sluice.store.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.store.Migrations;
import io.sluice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistributionTest {
  /** Such as a later version may have. */
  private static final String MORE =
      """
      CREATE TABLE currency (code text PRIMARY KEY);
      CREATE TABLE region (tenant_id integer REFERENCES tenant (id), name text,
                           PRIMARY KEY (tenant_id, name));
      CREATE TABLE place (tenant_id integer, region text, id uuid, PRIMARY KEY (tenant_id, id),
                          FOREIGN KEY (tenant_id, region) REFERENCES region);
      """;

  /** One that was made again has another number. */
  private static final String OWN_KEYS =
      "SELECT oid || ' ' || conname FROM pg_constraint WHERE contype = 'f' AND conname LIKE"
          + " 'account%'";

  private TestDatabase test;

  @BeforeEach
  void create() {
    assumeTrue(
        TestDatabase.isOnCitus(), "skipped: DATABASE_URL names no database with Citus on it");
    test = TestDatabase.createEmpty();
  }

  @AfterEach
  void close() {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void distributesAnEmptyDatabaseWithItsForeignKeys() throws SQLException {
    // Given
    var migrations = new Migrations(test.roles());

    // When
    migrations.migrate();

    // Then
    assertThat(placements())
        .contains("account BY_TENANT", "transfer BY_TENANT", "sealed_head BY_TENANT")
        .contains("tenant EVERYWHERE", "credential EVERYWHERE", "administrator EVERYWHERE")
        .noneMatch(table -> table.endsWith("LOCAL") || table.endsWith("OTHERWISE"));
    assertThat(foreignKeys()).contains("account_tenant_id_holder_id_fkey true");
    assertThat(foreignKeys()).allMatch(key -> key.endsWith("true"));
    assertThat(column("SELECT success FROM run_command_on_workers('SELECT 1 FROM posting')"))
        .isNotEmpty()
        .containsOnly("t");
  }

  @Test
  void changesNothingTheSecondTime() throws SQLException {
    // Given
    var migrations = new Migrations(test.roles());
    migrations.migrate();
    List<String> before = shards();

    // When
    migrations.migrate();

    // Then
    assertThat(shards()).isNotEmpty().isEqualTo(before);
  }

  @Test
  void distributesWhatALaterMigrationAdds() throws SQLException {
    // Given
    new Migrations(test.roles()).migrate();
    List<String> keys = column(OWN_KEYS);

    // When
    Distribution.complete(
        test.roles().owner().dataSource(),
        () -> {
          test.execute(MORE);
          return true;
        });

    // Then
    assertThat(placements())
        .contains("region BY_TENANT", "place BY_TENANT", "currency EVERYWHERE")
        .noneMatch(table -> table.endsWith("LOCAL") || table.endsWith("OTHERWISE"));
    assertThat(column(OWN_KEYS)).isNotEmpty().containsAll(keys);
    assertThat(foreignKeys())
        .contains("region_tenant_id_fkey true", "place_tenant_id_region_fkey true");
  }

  @Test
  void distributesBooksThatAreThereAlready() throws SQLException {
    // Given: made before the database had Citus
    migrateUndistributed();
    for (int tenant = 1; tenant <= 20; tenant++) {
      test.execute(
          """
          INSERT INTO tenant (id, name) VALUES (%1$d, 'tenant %1$d');
          INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at)
          VALUES (%1$d, '00000000-0000-0000-0000-000000000001', 'k', 'r', now(), now());
          """
              .formatted(tenant));
    }

    // When
    new Migrations(test.roles()).migrate();

    // Then: nothing is left behind
    assertThat(column("SELECT count(*) FROM holder")).containsExactly("20");
    assertThat(column("SELECT count(*) FROM ONLY tenant")).containsExactly("20");
    assertThat(column("SELECT pg_relation_size('holder'::regclass)")).containsExactly("0");
    assertThat(
            column(
                "SELECT count(DISTINCT nodeport) FROM citus_shards"
                    + " WHERE table_name = 'holder'::regclass"))
        .containsExactly("2");
  }

  @Test
  void refusesTablesThatAreDistributedByHalf() throws SQLException {
    // Given
    migrateUndistributed();
    test.execute("SELECT create_distributed_table('transfer', 'tenant_id')");
    var migrations = new Migrations(test.roles());

    // When / Then
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("account is on the coordinator alone, not by tenant_id")
        .hasMessageContaining("undistribute_table");
    assertThat(placements()).contains("account LOCAL");
  }

  @Test
  void distributesNothingWhereOneTableCannotBe() throws SQLException {
    // Given: a reference that Citus does not allow between tenants
    migrateUndistributed();
    test.execute(
        "ALTER TABLE event ADD FOREIGN KEY (tenant_id, id) REFERENCES audit (tenant_id, id)"
            + " ON DELETE SET NULL");
    List<String> keys = foreignKeys();
    var migrations = new Migrations(test.roles());

    // When / Then
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the tables cannot be distributed");
    assertThat(placements()).allMatch(table -> table.endsWith("LOCAL"));
    assertThat(foreignKeys()).isEqualTo(keys);
  }

  /** The schema as it is without the extension. */
  private void migrateUndistributed() {
    new Migrations(test.roles().map(database -> database.withCitus(false))).migrate();
  }

  private List<String> placements() throws SQLException {
    try (Connection connection = test.roles().owner().dataSource().getConnection()) {
      return Catalog.tables(connection).stream()
          .map(table -> table.name() + " " + table.found().name())
          .toList();
    }
  }

  private List<String> foreignKeys() throws SQLException {
    return column(
        "SELECT conname || ' ' || convalidated FROM pg_constraint"
            + " WHERE contype = 'f' ORDER BY 1");
  }

  private List<String> shards() throws SQLException {
    return column("SELECT shard_name || nodeport FROM citus_shards ORDER BY 1");
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = test.roles().owner().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
