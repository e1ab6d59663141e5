package io.sluice.command;

import io.sluice.assembly.Assembly;
import io.sluice.assembly.DatabaseChoice;
import io.sluice.assembly.Demo;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Running;
import io.sluice.assembly.Shutdown;
import io.sluice.assembly.StartException;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;
import io.sluice.store.Database;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.access.TenantRate;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Starts a gateway on a PostgreSQL that nobody keeps, twice as the second start finds what the
 * first has made, and makes a few hundred transfers in each dialect. The Java virtual machine can
 * store what it has learned from that in an ahead-of-time cache.
 */
@Command(
    name = "rehearse",
    description =
        "Starts a gateway on a PostgreSQL that is thrown away, and makes transfers, so that the"
            + " Java virtual machine can learn: java -XX:AOTCacheOutput=FILE.")
final class RehearseCommand implements Callable<Integer> {
  /** How the names of its directories begin; with the process, as several may rehearse at once. */
  static final String DIRECTORY = "sluice-rehearsal-" + ProcessHandle.current().pid() + "-";

  private static final int STARTS = 2;
  private static final TenantRate UNLIMITED = new TenantRate(0, 1);

  /** Not named by its class, because no room sees it. */
  private static final String PROGRAM = "io.sluice.Main";

  /** Variables that could name another database or other settings. */
  private static final Pattern NOT_OURS = Pattern.compile("SLUICE_.*|PG.*|DATABASE_URL");

  @Spec private CommandSpec command;

  @Option(
      names = "--postgresql",
      paramLabel = "DIRECTORY",
      description =
          "Where the jars of Sluice's own PostgreSQL are, if not beside the program. What is"
              + " learned then fits a program without them.")
  private Optional<Path> postgresql = Optional.empty();

  @Override
  public Integer call() {
    Path directory = newDirectory();
    Shutdown end = new Shutdown();
    end.add("delete the directory", () -> delete(directory));
    try {
      SluiceConfig config = config(directory);
      Logging.by(config);
      end.install();
      Process other = startOther(directory);
      end.add("stop the other gateway", () -> stop(other));
      end.started();
      Database database =
          DatabaseChoice.runningOwn(config)
              .map(DatabaseRoles::runtime)
              .orElseThrow(() -> new StartException("the other gateway did not start", null));
      Map<String, String> environment =
          Map.of(
              "PGHOST", database.host(),
              "PGPORT", Integer.toString(database.port()),
              "PGDATABASE", database.name(),
              "PGUSER", database.user(),
              "PGPASSWORD", database.password().orElseThrow(),
              "PGSSLMODE", "disable");
      for (int start = 0; start < STARTS; start++) {
        rehearse(config, environment);
      }
      return ExitCode.DONE;
    } finally {
      end.run();
    }
  }

  /**
   * Starts a gateway that brings its own PostgreSQL. It is a process of its own because the virtual
   * machine fails at start when its cache has learned the sealed classes that unpack PostgreSQL.
   */
  private Process startOther(Path directory) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                otherClassPath(),
                PROGRAM,
                ServeCommand.NAME)
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> NOT_OURS.matcher(name).matches());
    builder
        .environment()
        .putAll(
            Map.of(
                "SLUICE_DATA_DIRECTORY", directory.toString(),
                "SLUICE_HTTP_PORT", "0",
                "SLUICE_MANAGEMENT_PORT", "0"));
    try {
      Process process = builder.start();
      BufferedReader lines = process.inputReader();
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("is ready after")) {
          return process;
        }
        last = line;
      }
      throw new StartException("the other gateway did not start: " + last, null);
    } catch (IOException e) {
      throw new StartException("no other gateway can be started: " + e.getMessage(), e);
    }
  }

  /**
   * The virtual machine takes a cache only where everything that it found when it learned is still
   * there, used or not: so an image without these jars must be rehearsed without them.
   */
  private String otherClassPath() {
    String own = System.getProperty("java.class.path");
    return postgresql.map(jars -> own + File.pathSeparator + jars.resolve("*")).orElse(own);
  }

  private static void stop(Process process) {
    process.destroy();
    process.onExit().join();
  }

  private void rehearse(SluiceConfig config, Map<String, String> environment) {
    Shutdown shutdown = new Shutdown();
    try {
      Running running = Startup.start(config, environment, shutdown);
      liftRate(running.assembly());
      for (Running.DemoCall call : running.demonstrations()) {
        int transfers = Rehearsal.of(call.text()).run();
        command
            .commandLine()
            .getOut()
            .println(transfers + " transfers in the dialect " + call.dialect());
      }
    } finally {
      shutdown.run();
    }
  }

  /** The rates that providers publish would slow a rehearsal down. */
  private static void liftRate(Assembly assembly) {
    assembly
        .tenants()
        .findByName(Demo.TENANT)
        .map(Optional::orElseThrow)
        .compose(demo -> assembly.access().rules().setRate(demo.id(), Optional.of(UNLIMITED)))
        .compose(set -> assembly.access().refreshRates())
        .await();
  }

  /** Nothing of the user's own: neither the environment nor a file is read. */
  private static SluiceConfig config(Path directory) {
    return Dialects.configReader(Dialects.ALL)
        .read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "data.directory", directory.toString(),
                "http.port", "0",
                "http.accessLog", "false",
                "management.port", "0",
                "log.level", "warn",
                "demo.enabled", "true"));
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory(DIRECTORY);
    } catch (IOException e) {
      throw new StartException("no temporary directory can be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
