package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;

/** A server with a copy of an embedded one's data, which follows it and can take its place. */
public final class StandbyServer implements AutoCloseable {
  private static final String NAME = "standby";

  private static final String MAY_FOLLOW =
      "host replication %s %s/32 scram-sha-256\n"
          .formatted(EmbeddedServer.SUPERUSER, EmbeddedServer.HOST);

  private final Path place;
  private final Path primaryAccess;
  private final EmbeddedDirectory directory;
  private final EmbeddedCluster cluster;
  private final int port;
  private String primary = "";

  private StandbyServer(Path place, Path programs, Path primaryAccess) {
    this.place = place;
    this.primaryAccess = primaryAccess;
    directory = new EmbeddedDirectory(place);
    cluster = new EmbeddedCluster(directory, EmbeddedPrograms.in(programs));
    port = directory.choosePort(0);
  }

  /** Copies what a server holds that does not run. */
  public static StandbyServer copyOf(Path primaryPlace, Path place, Path programs) {
    try (Stream<Path> all = Files.walk(primaryPlace)) {
      for (Path each : all.toList()) {
        Files.copy(
            each,
            place.resolve(primaryPlace.relativize(each)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
      Files.delete(place.resolve("port"));
      Files.createFile(place.resolve("data/standby.signal"));
      return new StandbyServer(place, programs, primaryPlace.resolve("data/pg_hba.conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Follows the server from whose data it was copied, which from now on waits for it. */
  public void follow(Database owner) {
    try {
      Files.writeString(primaryAccess, MAY_FOLLOW, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute(owner, "SELECT pg_reload_conf()");
    primary =
        "host=%s port=%d user=%s password=%s application_name=%s"
            .formatted(
                owner.host(), owner.port(), owner.user(), owner.password().orElseThrow(), NAME);
    start();
    execute(owner, "ALTER SYSTEM SET synchronous_standby_names = '" + NAME + "'");
    execute(owner, "SELECT pg_reload_conf()");
  }

  public int port() {
    return port;
  }

  public DatabaseRoles roles() {
    return EmbeddedServer.running(place, DatabaseSettings.SECTION.of(Map.of()).limits())
        .orElseThrow();
  }

  public void start() {
    cluster.launch(
        port,
        Map.of(
            "listen_addresses",
            EmbeddedServer.HOST,
            "unix_socket_directories",
            "",
            "primary_conninfo",
            primary));
  }

  /** After a checkpoint; what is sent to it later, it never sees. */
  public void stop() {
    cluster.stop();
  }

  /** Takes the other server's place. */
  public void promote() {
    execute(roles().owner(), "SELECT pg_promote(true, 300)");
  }

  private static void execute(Database database, String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).as(sql).isEqualTo(sql.startsWith("SELECT"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (directory.running().isPresent()) {
      stop();
    }
  }
}
