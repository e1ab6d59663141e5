package io.sluice.store;

import io.sluice.config.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, as they are unpacked in a directory that nobody else can enter. All
 * methods block.
 */
final class EmbeddedPrograms {
  /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that. */
  private static final List<String> AS_ORDINARY_USER = List.of("unshare", "--user");

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPrograms.class);

  private final Path home;

  private EmbeddedPrograms(Path home) {
    this.home = home;
  }

  /** Whether this build has them; images leave out the directory of jars that does. */
  static boolean arePacked() {
    return archive() != null;
  }

  /**
   * Unpacks them, unless an earlier start has, and makes sure that nobody has changed them since.
   *
   * @param place may hold those of several versions; made when absent
   */
  static EmbeddedPrograms in(Path place) {
    PrivateFiles.prepare(place);
    try {
      Path home = place.toRealPath().resolve(name());
      if (!Files.isDirectory(home)) {
        LOG.info("Unpacking PostgreSQL into {}, once", home);
        EmbeddedArchive.unpack(archive(), home);
      }
      PrivateFiles.requireUnwritable(home);
      return new EmbeddedPrograms(home);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be unpacked in " + place, e);
    }
  }

  /**
   * Runs one until it ends.
   *
   * @param input what it reads, which no list of processes shows
   * @param output what it and those that it leaves behind write to
   * @return its exit code
   */
  int run(String program, List<String> arguments, String input, File output) {
    List<String> command = new ArrayList<>();
    if (PrivateFiles.weAreRoot()) {
      command.addAll(AS_ORDINARY_USER);
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
              .start();
      tell(process, input);
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + program + " ran", e);
    }
  }

  private static void tell(Process process, String input) {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended before it had read that, for a reason that it says and ends with.
    }
  }

  private static URL archive() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return EmbeddedPrograms.class.getResource(
        "/postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64"));
  }

  /** Of what is packed, by the checksum that the jar has of it. */
  private static String name() throws IOException {
    JarURLConnection jar = (JarURLConnection) archive().openConnection();
    return "postgresql-%08x".formatted(jar.getJarEntry().getCrc());
  }
}
