package io.sluice.assembly;

import io.sluice.store.Database;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.Migrations;
import org.flywaydb.core.api.FlywayException;

/** Makes sure that a database can be used, and says for people why it cannot. Blocks. */
public final class DatabaseReadiness {
  private DatabaseReadiness() {}

  /**
   * Connects once, because those who use a database in earnest say less well why they cannot.
   *
   * @throws StartException when it cannot be reached, lets nobody in, or is too old
   */
  public static void requireUsable(Database database) {
    DatabaseProbe.problem(database)
        .ifPresent(
            problem -> {
              throw new StartException(problem, null);
            });
  }

  /** Brings the schema up to date; returns its version. */
  public static String migrate(Database database) {
    try {
      return new Migrations(database).migrate();
    } catch (FlywayException e) {
      throw new StartException(
          "the database " + database + " cannot be migrated: " + firstLine(e), e);
    }
  }

  private static String firstLine(FlywayException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
