package io.sluice.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Brings a database to the schema of this version. Several processes may do so at once: one of them
 * works, the others wait for it. Every method blocks: call them from a worker thread.
 */
public final class Migrations {
  private static final String LOCATION = "classpath:db/migration";

  private final Flyway flyway;

  public Migrations(Database database) {
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
    flyway = configuration.load();
  }

  /**
   * Applies what is missing.
   *
   * @return the schema's version afterwards
   * @throws org.flywaydb.core.api.FlywayException when the database cannot be reached, a migration
   *     fails, or an applied migration is not the one that this version knows
   */
  public String migrate() {
    flyway.migrate();
    return current().orElseThrow();
  }

  /** The version of the schema; empty before the first migration. */
  public Optional<String> current() {
    return Optional.ofNullable(flyway.info().current()).map(Migrations::version);
  }

  /** The versions that {@link #migrate()} would apply, in order. */
  public List<String> pending() {
    return Arrays.stream(flyway.info().pending()).map(Migrations::version).toList();
  }

  private static String version(MigrationInfo info) {
    return String.valueOf(info.getVersion());
  }
}
