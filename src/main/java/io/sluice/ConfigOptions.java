package io.sluice;

import io.sluice.config.SluiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class ConfigOptions {
  private static final Path USUAL_FILE = Path.of("conf", "sluice.properties");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "the configuration file; without it conf/sluice.properties, if it is there")
  private Path file;

  /**
   * Reads the configuration, and sets logging up by it: nothing may log before.
   *
   * @param options what the command line sets, by key
   */
  SluiceConfig load(Map<String, String> options) {
    Optional<Path> chosen =
        Optional.ofNullable(file).or(() -> Optional.of(USUAL_FILE).filter(Files::isRegularFile));
    SluiceConfig config = SluiceConfig.load(chosen, System.getenv(), options);
    System.setProperty("sluice.log.format", config.log().format().name().toLowerCase(Locale.ROOT));
    System.setProperty("sluice.log.level", config.log().level().name());
    System.setProperty("sluice.log.access", config.http().accessLog() ? "INFO" : "OFF");
    // Before several threads do it at once, which SLF4J warns about.
    LoggerFactory.getILoggerFactory();
    return config;
  }
}
