package io.sluice.assembly;

import io.sluice.config.DatabaseSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
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
  public static Optional<Database> external(SluiceConfig config, Map<String, String> environment) {
    DatabaseSettings wanted = config.database();
    try {
      return wanted
          .url()
          .map(url -> DatabaseAddress.fromUrl(url, wanted.limits()))
          .or(() -> DatabaseAddress.fromEnvironment(environment, wanted.limits()))
          .map(named -> wanted.passwordFile().map(named::withPasswordFile).orElse(named));
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage(), e);
    }
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
  public static Optional<Database> runningOwn(SluiceConfig config) {
    return EmbeddedServer.running(ownDirectory(config), config.database().limits());
  }

  /** Where Sluice's own PostgreSQL keeps everything. */
  public static Path ownDirectory(SluiceConfig config) {
    return config.data().directory().resolve("postgresql");
  }
}
