package io.sluice.assembly;

import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.EmbeddedServer;
import io.sluice.store.Migrations;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.flywaydb.core.api.FlywayException;

/** Carries a task out on the chosen database; starts Sluice's own for it when it does not run. */
public final class DatabaseTask {
  private DatabaseTask() {}

  /** Returns what the task returns; blocks. */
  public static int run(SluiceConfig config, ToIntFunction<Database> task) {
    Optional<Database> there =
        DatabaseChoice.external(config, System.getenv())
            .or(() -> DatabaseChoice.runningOwn(config));
    if (there.isPresent()) {
      requireUsable(there.get());
      return task.applyAsInt(there.get());
    }
    try (EmbeddedServer server = DatabaseChoice.startOwn(config)) {
      return task.applyAsInt(server.database());
    }
  }

  /**
   * Connects once, because those who use a database in earnest say less well why they cannot.
   *
   * @throws StartException when it cannot be reached, lets nobody in, or is too old
   */
  static void requireUsable(Database database) {
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
