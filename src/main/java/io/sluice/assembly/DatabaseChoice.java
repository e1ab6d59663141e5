package io.sluice.assembly;

import io.sluice.config.DatabaseSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.EmbeddedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which PostgreSQL: the configured one, else the environment's, else Sluice's own. */
public final class DatabaseChoice {
  private DatabaseChoice() {}

  /** What is wrong with the addresses that are configured, or that the environment has. */
  public static List<String> problems(SluiceConfig config, Map<String, String> environment) {
    DatabaseSettings wanted = config.database();
    List<String> problems = new ArrayList<>();
    if (wanted.url().isPresent()) {
      read("database.url", () -> DatabaseAddress.fromUrl(wanted.url().get(), wanted.limits()))
          .ifPresent(problems::add);
    } else {
      read(
              "the environment's database",
              () -> DatabaseAddress.fromEnvironment(environment, wanted.limits()))
          .ifPresent(problems::add);
    }
    read("database.migrate.url", () -> owner(wanted)).ifPresent(problems::add);
    return problems;
  }

  private static Optional<String> read(String what, Supplier<?> address) {
    try {
      address.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(what + " cannot be used: " + e.getMessage());
    }
  }

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
