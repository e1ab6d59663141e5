package io.sluice.command;

import io.sluice.assembly.DatabaseChoice;
import io.sluice.assembly.DatabaseReadiness;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.EmbeddedServer;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Carries a task out on the chosen database; starts Sluice's own for it when it does not run. */
final class DatabaseTask {
  private DatabaseTask() {}

  /** Returns what the task returns; blocks. */
  static int run(SluiceConfig config, ToIntFunction<Database> task) {
    Optional<Database> there =
        DatabaseChoice.external(config, System.getenv())
            .or(() -> DatabaseChoice.runningOwn(config));
    if (there.isPresent()) {
      return task.applyAsInt(DatabaseReadiness.requireReadable(there.get()));
    }
    try (EmbeddedServer server = DatabaseChoice.startOwn(config)) {
      return task.applyAsInt(server.database());
    }
  }
}
