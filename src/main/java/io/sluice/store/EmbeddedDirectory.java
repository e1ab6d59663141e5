package io.sluice.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The directory of an embedded server: {@code data} (PostgreSQL's own), {@code port} (the last
 * start's) and {@code server.log}.
 */
final class EmbeddedDirectory {
  private static final int LOG_LINES = 5;
  private static final String TOOL = "pg_ctl:";
  private static final int PID_FILE_PORT_LINE = 3;

  private final Path root;

  EmbeddedDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  Path data() {
    return root.resolve("data");
  }

  /** Makes the directory, or refuses one that holds another major version's data. */
  void prepare(String majorVersion) {
    try {
      Files.createDirectories(root);
      Path versionFile = data().resolve("PG_VERSION");
      if (Files.exists(versionFile)) {
        String version = Files.readString(versionFile).strip();
        if (!version.equals(majorVersion)) {
          throw new IllegalStateException(
              data()
                  + " holds data of PostgreSQL "
                  + version
                  + ", but PostgreSQL "
                  + majorVersion
                  + " is packed with this version; move the data with pg_dump, or run your own"
                  + " PostgreSQL "
                  + version
                  + " on it and name it with "
                  + DatabaseAddress.URL_VARIABLE);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot use the directory " + root + ": " + e.getMessage(), e);
    }
  }

  /**
   * The port of a server that an earlier process left running here, else the wanted one, else the
   * last start's, else any free one.
   *
   * @param wanted 0 when any will do
   */
  int choosePort(int wanted) {
    OptionalInt running = runningPort();
    if (running.isPresent()) {
      return running.getAsInt();
    }
    if (wanted > 0) {
      if (!isFree(wanted)) {
        throw new IllegalStateException(
            "port " + wanted + " for the embedded PostgreSQL is taken by another process");
      }
      return wanted;
    }
    OptionalInt kept = keptPort();
    return kept.isPresent() && isFree(kept.getAsInt()) ? kept.getAsInt() : freePort();
  }

  void keepPort(int port) {
    try {
      Path temporary = root.resolve("port.tmp");
      Files.writeString(temporary, port + "\n");
      Files.move(temporary, root.resolve("port"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + root, e);
    }
  }

  /** The server's log; begun anew when it has grown past the limit. */
  Path log(long maxBytes) {
    Path log = root.resolve("server.log");
    try {
      if (Files.exists(log) && Files.size(log) > maxBytes) {
        Files.move(log, root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + root, e);
    }
    return log;
  }

  long logBytes() {
    try {
      return Files.size(root.resolve("server.log"));
    } catch (IOException _) {
      return 0;
    }
  }

  /** What the server has logged after so many bytes. */
  String logSince(long bytes) {
    try (InputStream log = Files.newInputStream(root.resolve("server.log"))) {
      log.skipNBytes(bytes);
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  /** Whether the tool that starts the server has given up, which it does not always wait to say. */
  boolean hasFailedSince(long bytes) {
    String log = logSince(bytes);
    return log.contains("could not start server") || log.contains(TOOL + " error:");
  }

  /** The last lines that tell why; not what the tool that starts the server says after them. */
  List<String> saidSince(long bytes) {
    List<String> lines =
        logSince(bytes)
            .lines()
            .takeWhile(line -> !line.startsWith(TOOL))
            .map(String::strip)
            .toList();
    return lines.isEmpty()
        ? List.of("no log was written")
        : lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
  }

  boolean isData(Path served) {
    try {
      return Files.exists(served) && Files.isSameFile(served, data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IllegalStateException inUse(Throwable cause) {
    return new IllegalStateException(
        "another Sluice is running on "
            + root
            + "; stop it, or give this one its own data.directory",
        cause);
  }

  /** From PostgreSQL's own file: line 1 is the process, line 4 the port. */
  OptionalInt runningPort() {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      if (lines.size() <= PID_FILE_PORT_LINE) {
        return OptionalInt.empty();
      }
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
      int port = Integer.parseInt(lines.get(PID_FILE_PORT_LINE).strip());
      boolean running = process.map(ProcessHandle::isAlive).orElse(false) && !isFree(port);
      return running ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (IOException | NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  private OptionalInt keptPort() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(root.resolve("port")).strip()));
    } catch (IOException | NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // PostgreSQL sets the same option; without it a port in TIME_WAIT would look taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }
}
