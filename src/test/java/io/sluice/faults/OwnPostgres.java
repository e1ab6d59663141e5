package io.sluice.faults;

import io.sluice.config.DatabaseSettings;
import io.sluice.store.EmbeddedServer;
import io.sluice.store.StandbyServer;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestServer;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, with which it may do what it likes. */
final class OwnPostgres implements AutoCloseable {
  private final Path place;
  private EmbeddedServer server;

  /** Starts it. */
  OwnPostgres(Path directory) {
    place = directory.resolve("postgresql");
    server = start(0);
  }

  private EmbeddedServer start(int port) {
    return EmbeddedServer.start(
        place,
        TestServer.PROGRAMS,
        DatabaseSettings.SECTION.of(Map.of("database.embedded.port", Integer.toString(port))));
  }

  EmbeddedServer server() {
    return server;
  }

  /** A gateway's settings that name it, and the role that may migrate it. */
  Map<String, String> environment() {
    return Map.of(
        "DATABASE_URL",
        TestDatabase.url(server.roles().runtime()),
        "SLUICE_DATABASE_MIGRATE_URL",
        TestDatabase.url(server.roles().owner()));
  }

  /** Another server, which must confirm from now on what is committed here. */
  StandbyServer newStandby(Path directory) {
    int port = server.roles().owner().port();
    server.close();
    StandbyServer standby =
        StandbyServer.copyOf(place, directory.resolve("standby"), TestServer.PROGRAMS);
    server = start(port);
    standby.follow(server.roles().owner());
    return standby;
  }

  /** Kills one of its processes, for which it ends all others and recovers. */
  void crash(int pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Ends it at once. Its other processes end when they miss it, without a checkpoint. */
  void kill() {
    List<ProcessHandle> family = processes();
    family.getFirst().destroyForcibly();
    Waiting.until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Starts it again where it was. */
  void startAgain() {
    int port = server.roles().owner().port();
    server.close();
    server = start(port);
  }

  /** All its processes stand still; the machine goes on acknowledging what is sent to them. */
  void freeze() {
    signal("-STOP");
  }

  /** They go on. */
  void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    List<String> command =
        Stream.concat(
                Stream.of("kill", name),
                processes().stream().map(process -> Long.toString(process.pid())))
            .toList();
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The server first. */
  private List<ProcessHandle> processes() {
    try {
      String pid = Files.readAllLines(place.resolve("data/postmaster.pid")).getFirst().strip();
      ProcessHandle first = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      return Stream.concat(Stream.of(first), first.descendants()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
