package io.sluice.assembly;

import io.sluice.config.DatabaseSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.EmbeddedServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which PostgreSQL: the configured one, else the environment's, else Sluice's own. */
public final class DatabaseChoice {
  private DatabaseChoice() {}

  /**
   * A database that somebody else runs.
   *
   * @return empty when none is named, so that Sluice's own is meant
   */
  public static Optional<DatabaseRoles> external(
      SluiceConfig config, Map<String, String> environment) {
    DatabaseSettings wanted = config.database();
    try {
      return wanted
          .url()
          .map(url -> DatabaseAddress.fromUrl(url, wanted.limits()))
          .or(() -> DatabaseAddress.fromEnvironment(environment, wanted.limits()))
          .map(named -> wanted.passwordFile().map(named::withPasswordFile).orElse(named))
          .map(runtime -> new DatabaseRoles(runtime, owner(wanted).orElse(runtime)));
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  private static Optional<Database> owner(DatabaseSettings wanted) {
    return wanted.migrateUrl().map(url -> DatabaseAddress.fromUrl(url, wanted.limits()));
  }

  /** Starts Sluice's own; blocks. */
  public static EmbeddedServer startOwn(SluiceConfig config) {
    try {
      Path directory = ownDirectory(config);
      return EmbeddedServer.start(directory, directory.resolve("programs"), config.database());
    } catch (IllegalStateException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  /** Sluice's own, if a process runs it already. */
  public static Optional<DatabaseRoles> runningOwn(SluiceConfig config) {
    try {
      return EmbeddedServer.running(ownDirectory(config), config.database().limits());
    } catch (IllegalStateException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  /** Where Sluice's own PostgreSQL keeps everything. */
  public static Path ownDirectory(SluiceConfig config) {
    return config.data().directory().resolve("postgresql");
  }
}
