package io.sluice.command;

import io.sluice.assembly.Dialects;
import io.sluice.config.SluiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a command is to be carried out.
 *
 * @param file the configuration file that is named
 * @param demo whether the tenant demo is asked for
 * @param endWithParent whether to stop when the process that started this one has ended
 */
record Options(Optional<Path> file, boolean demo, boolean endWithParent) {
  private static final Path USUAL_FILE = Path.of("conf", "sluice.properties");

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
    Logging.by(config);
    return config;
  }
}
