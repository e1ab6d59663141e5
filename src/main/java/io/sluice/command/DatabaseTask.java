package io.sluice.command;

import io.sluice.assembly.DatabaseChoice;
import io.sluice.assembly.DatabaseReadiness;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.EmbeddedServer;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Carries a task out on the chosen database; starts Sluice's own for it when it does not run. */
final class DatabaseTask {
  private DatabaseTask() {}

  /** Returns what the task returns, which has the role that serves; blocks. */
  static int run(SluiceConfig config, ToIntFunction<Database> task) {
    return runWithRoles(config, roles -> task.applyAsInt(roles.runtime()));
  }

  /** Returns what the task returns; blocks. */
  static int runWithRoles(SluiceConfig config, ToIntFunction<DatabaseRoles> task) {
    Optional<DatabaseRoles> there =
        DatabaseChoice.external(config, System.getenv())
            .or(() -> DatabaseChoice.runningOwn(config));
    if (there.isPresent()) {
      return task.applyAsInt(DatabaseReadiness.requireReadable(there.get()));
    }
    try (EmbeddedServer server = DatabaseChoice.startOwn(config)) {
      return task.applyAsInt(server.roles());
    }
  }
}
