package io.sluice.store;

import io.sluice.store.shard.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of this version, and distributes its tables where it has the
 * extension Citus. Several processes may do so at once: one of them works, the others wait for it.
 * Every method blocks: call them from a worker thread.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "classpath:db/migration";

  private final DatabaseRoles roles;
  private final Database database;

  /** Through one role, which may do everything. */
  public Migrations(Database database) {
    this(DatabaseRoles.single(database));
  }

  /** Through the role that owns the schema, which also says what the one that serves may do. */
  public Migrations(DatabaseRoles roles) {
    this.roles = roles;
    this.database = roles.owner();
  }

  private Flyway load() {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database.dataSource())
            .locations(LOCATION)
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true);
    // With the default lock, held by an open transaction, CREATE INDEX CONCURRENTLY waits for ever.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  /**
   * Applies what is missing.
   *
   * @return the schema's version afterwards
   * @throws FlywayException when the database cannot be reached, a migration fails, an applied
   *     migration is not the one that this version knows, or the database is from before 0.1.0;
   *     nothing has changed in the last two cases
   * @throws IllegalStateException when the role that serves cannot be kept from changing what
   *     moved, or the tables cannot be distributed on Citus
   */
  public String migrate() {
    String version =
        database.citus()
            ? Distribution.complete(database.dataSource(), this::bringUpToDate)
            : bringUpToDate();
    if (roles.areApart()) {
      Grants.give(roles);
    }
    return version;
  }

  private String bringUpToDate() {
    return MigrationFiles.upToDate(database).orElseGet(this::apply);
  }

  private String apply() {
    refuseUnreleased();
    Flyway flyway = load();
    LOG.info("Bringing the schema up to this version; with large books that takes a while");
    flyway.migrate();
    return version(flyway.info().current());
  }

  /** Flyway itself would take the migrations of a provider for those of another. */
  private void refuseUnreleased() {
    List<String> unreleased = MigrationFiles.unreleased(database);
    if (!unreleased.isEmpty()) {
      throw new FlywayException(
          "it is from before 0.1.0 (it lists the migrations "
              + String.join(", ", unreleased)
              + "), and nothing leads from there to this version: use a new database");
    }
  }

  /** The version of the schema; empty before the first migration. */
  public Optional<String> current() {
    return MigrationFiles.upToDate(database)
        .or(() -> Optional.ofNullable(load().info().current()).map(Migrations::version));
  }

  /** The versions that {@link #migrate()} would apply, in order. */
  public List<String> pending() {
    if (MigrationFiles.upToDate(database).isPresent()) {
      return List.of();
    }
    return Arrays.stream(load().info().pending()).map(Migrations::version).toList();
  }

  private static String version(MigrationInfo info) {
    return String.valueOf(info.getVersion());
  }
}
