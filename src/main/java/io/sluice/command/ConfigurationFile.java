package io.sluice.command;

import io.sluice.assembly.Dialects;
import io.sluice.config.DataSettings;
import io.sluice.config.SluiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that the user configures. */
final class ConfigurationFile {
  private static final Path USUAL_FILE = DataSettings.HOME.resolve("conf/sluice.properties");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "the configuration file; without it conf/sluice.properties, if it is there")
  private Optional<Path> file = Optional.empty();

  /**
   * Reads the configuration, and sets logging up by it: nothing may log before.
   *
   * @param more keys that the command line sets
   * @throws io.sluice.config.ConfigException when it cannot be used
   */
  SluiceConfig load(Map<String, String> more) {
    Optional<Path> chosen = file.or(() -> Optional.of(USUAL_FILE).filter(Files::isRegularFile));
    SluiceConfig config = Dialects.configReader(Dialects.ALL).read(chosen, System.getenv(), more);
    Logging.by(config);
    return config;
  }

  /** The same for a command that says something: what is logged goes to standard error. */
  SluiceConfig load() {
    return loadBeside(Map.of());
  }

  /** As {@link #load()}, with keys that the command line sets. */
  SluiceConfig loadBeside(Map<String, String> more) {
    Logging.beside();
    return load(more);
  }
}
