package io.sluice.command;

import io.sluice.assembly.Dialects;
import io.sluice.config.SluiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A command line, understood.
 *
 * @param command empty only with {@code help} or {@code version}
 * @param file the configuration file that is named
 * @param demo whether the tenant demo is asked for
 * @param help whether an explanation is asked for, instead of the command
 * @param version whether the version is
 */
record Arguments(
    Optional<Command> command, Optional<Path> file, boolean demo, boolean help, boolean version) {
  private static final Path USUAL_FILE = Path.of("conf", "sluice.properties");

  /**
   * Understands a command line.
   *
   * @throws UsageException when it is wrong, saying where
   */
  static Arguments parse(List<String> words) {
    Deque<String> rest = new ArrayDeque<>(words);
    Optional<Command> command = Optional.empty();
    if (!rest.isEmpty() && !rest.peek().startsWith("-")) {
      String name = rest.poll();
      command = Optional.of(Command.named(name).orElseThrow(() -> unknown(name)));
    }
    Optional<Path> file = Optional.empty();
    boolean demo = false;
    boolean help = false;
    boolean version = false;
    while (!rest.isEmpty()) {
      String word = rest.poll();
      switch (word) {
        case "-h", "--help" -> help = true;
        case "-V", "--version" -> version = true;
        case "--demo" -> {
          require(command.filter(Command.SERVE::equals).isPresent(), word);
          demo = true;
        }
        default -> {
          require(command.filter(Arguments::readsFile).isPresent() && isFile(word), word);
          file = Optional.of(Path.of(file(word, rest)));
        }
      }
    }
    if (command.isEmpty() && !help && !version) {
      throw new UsageException("Missing command");
    }
    return new Arguments(command, file, demo, help, version);
  }

  /** Whether a command is configured by the user. */
  static boolean readsFile(Command command) {
    return command != Command.REHEARSE;
  }

  private static boolean isFile(String word) {
    return word.equals("-c") || word.equals("--config") || word.startsWith("--config=");
  }

  private static String file(String word, Deque<String> rest) {
    int sign = word.indexOf('=');
    if (sign >= 0) {
      return word.substring(sign + 1);
    }
    if (rest.isEmpty()) {
      throw new UsageException("Missing file after " + word);
    }
    return rest.poll();
  }

  private static void require(boolean known, String word) {
    if (!known) {
      throw unknown(word);
    }
  }

  private static UsageException unknown(String word) {
    return new UsageException("Unknown: '" + word + "'");
  }

  /**
   * Reads the configuration, and sets logging up by it: nothing may log before.
   *
   * @throws io.sluice.config.ConfigException when it cannot be used
   */
  SluiceConfig load() {
    Optional<Path> chosen = file.or(() -> Optional.of(USUAL_FILE).filter(Files::isRegularFile));
    SluiceConfig config =
        Dialects.configReader(Dialects.ALL)
            .read(chosen, System.getenv(), demo ? Map.of("demo.enabled", "true") : Map.of());
    logBy(config);
    return config;
  }

  /** Sets logging up. */
  static void logBy(SluiceConfig config) {
    System.setProperty("sluice.log.format", config.log().format().name().toLowerCase(Locale.ROOT));
    System.setProperty("sluice.log.level", config.log().level().name());
    System.setProperty("sluice.log.access", config.http().accessLog() ? "INFO" : "OFF");
    // Before several threads do it at once, which SLF4J warns about.
    LoggerFactory.getILoggerFactory();
  }
}
