package io.sluice.testing;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL that comes along with the tests: one for a JVM, or one for all that mutation
 * testing starts, since those are many and are often killed. It ends with its owner, which is this
 * JVM or the one that started it, whatever becomes of that.
 */
public final class TestServer {
  /** The system property that names the directory of a server for several JVMs. */
  private static final Optional<Path> SHARED =
      Optional.ofNullable(System.getProperty("sluice.test.server")).map(Path::of);

  /** Outlives its owner, whose end it waits for, also when both are interrupted together. */
  private static final String END_WITH_OWNER =
      """
      trap '' HUP INT TERM
      while kill -0 "$1" 2>/dev/null; do sleep 1; done
      postgres=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null) && kill -INT "$postgres"
      while kill -0 "$postgres" 2>/dev/null; do sleep 1; done
      rm -rf "$2"
      """;

  /** Where all tests of this user unpack PostgreSQL, which takes a while. */
  public static final Path PROGRAMS =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "sluice-test-programs-" + System.getProperty("user.name"));

  private TestServer() {}

  static boolean isShared() {
    return SHARED.isPresent();
  }

  static DatabaseRoles start(DatabaseLimits limits) {
    return SHARED.map(directory -> shared(directory, limits)).orElseGet(() -> own(limits));
  }

  private static DatabaseRoles own(DatabaseLimits limits) {
    try {
      Path directory = Files.createTempDirectory("sluice-test-postgres");
      return start(directory, ProcessHandle.current(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatabaseRoles shared(Path directory, DatabaseLimits limits) {
    return EmbeddedServer.running(directory, limits)
        .orElseGet(() -> start(directory, ProcessHandle.current().parent().orElseThrow(), limits));
  }

  private static DatabaseRoles start(Path directory, ProcessHandle owner, DatabaseLimits limits) {
    var settings =
        new DatabaseSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), limits, 0, "64MB");
    DatabaseRoles roles = EmbeddedServer.start(directory, PROGRAMS, settings).roles();
    String pid = Long.toString(owner.pid());
    try {
      new ProcessBuilder("sh", "-c", END_WITH_OWNER, "end-with-owner", pid, directory.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return roles;
  }
}
