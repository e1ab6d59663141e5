package io.sluice.store;

import io.sluice.config.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of an embedded server, which nobody else can enter: {@code data} (PostgreSQL's
 * own), {@code passwords}, {@code port} (the last start's), {@code lock} and {@code server.log}.
 */
final class EmbeddedDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDirectory.class);
  private static final int LOG_LINES = 5;
  private static final String TOOL = "pg_ctl:";
  private static final String SERVER = "postgres";
  private static final int PID_FILE_PORT_LINE = 3;

  private static final String LOCK = "lock";

  /** What earlier versions lock; a gateway of theirs may be running. */
  private static final String EARLIER_LOCK = "data/epg-lock";

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

  Path passwords() {
    return root.resolve("passwords");
  }

  /** Makes the directory, or refuses one that holds another major version's data. */
  void prepare(String majorVersion) {
    PrivateFiles.prepare(root);
    PrivateFiles.prepare(data());
    try {
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

  /** Keeps other processes of Sluice away until it is closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the directory for this process.
   *
   * @throws IllegalStateException when another one is here
   */
  Lock lock() {
    List<FileChannel> held = new ArrayList<>();
    try {
      for (String name : List.of(LOCK, EARLIER_LOCK)) {
        Path file = root.resolve(name);
        if (name.equals(LOCK) || Files.exists(file)) {
          FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          held.add(channel);
          if (channel.tryLock() == null) {
            throw new OverlappingFileLockException();
          }
        }
      }
      return () -> closeQuietly(held);
    } catch (OverlappingFileLockException _) {
      // So it is too when another process holds the lock.
      closeQuietly(held);
      throw new IllegalStateException(
          "another Sluice is running on "
              + root
              + "; stop it, or give this one its own data.directory");
    } catch (IOException e) {
      closeQuietly(held);
      throw new UncheckedIOException("cannot lock " + root, e);
    }
  }

  private static void closeQuietly(List<FileChannel> channels) {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("A lock in a data directory could not be released", e);
      }
    }
  }

  /**
   * The wanted port, else the last start's, else any free one.
   *
   * @param wanted 0 when any will do
   */
  int choosePort(int wanted) {
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

  /** What PostgreSQL's own file says of the server that runs on these data, if one does. */
  Optional<Running> running() {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      if (lines.size() <= PID_FILE_PORT_LINE) {
        return Optional.empty();
      }
      int port = Integer.parseInt(lines.get(PID_FILE_PORT_LINE).strip());
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(ProcessHandle::isAlive)
          .filter(EmbeddedDirectory::isServer)
          .map(process -> new Running(port));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A server's process; it may not listen on its port yet, or no more. */
  record Running(int port) {
    boolean listens() {
      return !isFree(port);
    }
  }

  /** After a restart of the machine the number may be that of another process, of anybody's. */
  private static boolean isServer(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.user().equals(ProcessHandle.current().info().user())
        && info.command().map(command -> Path.of(command).endsWith(SERVER)).orElse(true);
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
