package io.sluice.loadtest;

import io.sluice.config.DatabaseLimits;
import io.sluice.store.Database;
import io.vertx.pgclient.SslMode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL that is installed on this machine, with a data directory made for the run. The one
 * that is packed with Sluice is compiled for size and spends more on each statement, so that a
 * comparison on it would favour whoever sends fewer.
 */
final class InstalledServer implements Server {
  /** Where its data are within the directory that it gets. */
  static final Path DATA = Path.of("postgresql", "data");

  private static final String HOST = "127.0.0.1";
  private static final String SUPERUSER = "postgres";
  private static final String ROOT = "root";
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MS = 50;

  /** Whose account the server runs in when this process is root's, which PostgreSQL refuses. */
  private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

  /**
   * Durable like a production server, and like one that has been running for a while: checkpoints
   * come only when they are asked for, between measurements, and what they leave is recycled.
   */
  static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("listen_addresses", HOST),
              Map.entry("unix_socket_directories", ""),
              Map.entry("max_connections", "100"),
              Map.entry("shared_buffers", SHARED_BUFFERS),
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("min_wal_size", "3GB"),
              Map.entry("max_wal_size", "8GB"),
              Map.entry("checkpoint_timeout", "30min"),
              Map.entry("password_encryption", "scram-sha-256")));

  private final List<String> command;
  private final Path home;
  private final Database database;
  private final Path programs;
  private Process process;

  private InstalledServer(List<String> command, Path home, Database database, Path programs)
      throws IOException {
    this.command = command;
    this.home = home;
    this.database = database;
    this.programs = programs;
    this.process = launch();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return home.resolve("log");
  }

  /**
   * The programs of the installed server: where {@code pg_config} says, else beside the real {@code
   * pgbench}, else the newest of Debian's.
   */
  static Optional<Path> find() {
    return Stream.of(configured(), besidePgbench(), newestOfDebian())
        .flatMap(Optional::stream)
        .filter(InstalledServer::isComplete)
        .findFirst();
  }

  /**
   * The programs that somebody has named, else those of the installed server.
   *
   * @throws IllegalStateException when there are none
   */
  static Path programs(Optional<String> named) {
    return named
        .map(Path::of)
        .or(InstalledServer::find)
        .orElseThrow(() -> new IllegalStateException("no PostgreSQL is installed"));
  }

  private static boolean isComplete(Path directory) {
    return Stream.of("postgres", "initdb")
        .allMatch(program -> Files.isExecutable(directory.resolve(program)));
  }

  private static Optional<Path> configured() {
    try {
      return Optional.of(Path.of(output(List.of("pg_config", "--bindir"), Path.of("")).strip()));
    } catch (IOException | IllegalStateException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Path> besidePgbench() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "pgbench"))
        .filter(Files::isExecutable)
        .findFirst()
        .flatMap(InstalledServer::realDirectory);
  }

  private static Optional<Path> realDirectory(Path program) {
    try {
      return Optional.ofNullable(program.toRealPath().getParent());
    } catch (IOException notReadable) {
      return Optional.empty();
    }
  }

  private static Optional<Path> newestOfDebian() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("\\d+"))
          .max(Comparator.comparing(version -> Integer.valueOf(version.getFileName().toString())))
          .map(version -> version.resolve("bin"));
    } catch (IOException notReadable) {
      return Optional.empty();
    }
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param programs the directory of {@code postgres} and {@code initdb}
   * @param directory for its data; must be this process's own
   * @throws IllegalStateException when it does not start, with what it said
   */
  static InstalledServer start(Path programs, Path directory)
      throws IOException, InterruptedException {
    return start(programs, directory, SETTINGS);
  }

  /** Starts it with other settings, on the data that an earlier one has left in the directory. */
  static InstalledServer start(Path programs, Path directory, Map<String, String> settings)
      throws IOException, InterruptedException {
    if (!isComplete(programs)) {
      throw new IllegalStateException(
          programs + " holds no PostgreSQL server (postgres and initdb)");
    }
    Path home = Files.createDirectories(directory.resolve(DATA).getParent());
    List<String> asUser = unprivileged(directory, home);
    Path data = directory.resolve(DATA);
    if (Files.notExists(data)) {
      output(
          command(
              asUser,
              programs.resolve("initdb").toString(),
              "--pgdata=" + data,
              "--username=" + SUPERUSER,
              "--auth=trust",
              "--encoding=UTF8",
              "--locale=C"),
          home);
    }
    int port = Product.freePort();
    var command =
        new ArrayList<>(
            command(asUser, programs.resolve("postgres").toString(), "-D", data.toString()));
    command.addAll(List.of("-p", Integer.toString(port)));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    var server = new InstalledServer(command, home, at(port), programs);
    server.await();
    return server;
  }

  /**
   * Starts one that follows another, with all that this has.
   *
   * @param directory for its data; must be this process's own, and without any
   */
  static InstalledServer following(
      InstalledServer primary, Path directory, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.resolve(DATA).getParent());
    output(
        command(
            unprivileged(directory, home),
            primary.programs.resolve("pg_basebackup").toString(),
            "--host=" + HOST,
            "--port=" + primary.database.port(),
            "--username=" + SUPERUSER,
            "--pgdata=" + directory.resolve(DATA),
            "--checkpoint=fast",
            "--write-recovery-conf"),
        home);
    return start(primary.programs, directory, settings);
  }

  /** Ends it as a machine that loses its power would, but for what the disk has not written. */
  void crash() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
    process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Starts it again, where it was, after it has been closed. */
  void startAgain() throws IOException, InterruptedException {
    process = launch();
    await();
  }

  private static Database at(int port) {
    return new Database(
        HOST,
        port,
        SUPERUSER,
        SUPERUSER,
        Optional.empty(),
        SslMode.DISABLE,
        Optional.empty(),
        DatabaseLimits.DEFAULTS);
  }

  /** What to put before a command so that PostgreSQL accepts who runs it; hands it the folder. */
  private static List<String> unprivileged(Path directory, Path home)
      throws IOException, InterruptedException {
    if (!System.getProperty("user.name").equals(ROOT)) {
      return List.of();
    }
    for (String user : UNPRIVILEGED) {
      try {
        var owner = home.getFileSystem().getUserPrincipalLookupService();
        String group = output(List.of("id", "-g", user), home).strip();
        var asUser =
            List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
        Files.setOwner(home, owner.lookupPrincipalByName(user));
        // A temporary folder is open to its owner only; this one must be passed through.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        output(command(asUser, "test", "-w", home.toString()), home);
        return asUser;
      } catch (IOException | IllegalStateException tryNext) {
        // No such user, or no setpriv: said below when none is left.
      }
    }
    throw new IllegalStateException(
        "PostgreSQL refuses to run as root, and none of the users "
            + UNPRIVILEGED
            + " can be used through setpriv (util-linux) in "
            + home
            + "; run this as an ordinary user, or with --postgresql="
            + EMBEDDED);
  }

  private static List<String> command(List<String> before, String... command) {
    return Stream.concat(before.stream(), Arrays.stream(command)).toList();
  }

  private static String output(List<String> command, Path directory)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }

  private void await() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < limit) {
      try {
        show("server_version");
        return;
      } catch (SQLException notYet) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
    close();
    throw new IllegalStateException(
        programs + "/postgres did not start:\n" + Files.readString(log()));
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public String origin() {
    return "installed in " + programs;
  }

  /** Ends all connections, waits until the server has stopped, and makes it stop if it does not. */
  @Override
  public void close() {
    try {
      for (String signal : List.of("-INT", "-QUIT")) {
        if (process.isAlive()) {
          new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
          process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
