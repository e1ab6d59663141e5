package io.sluice.command;

import io.sluice.config.SluiceConfig;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets logging up. */
final class Logging {
  private Logging() {}

  /** As a configuration asks for it. */
  static void by(SluiceConfig config) {
    System.setProperty("sluice.log.format", config.log().format().name().toLowerCase(Locale.ROOT));
    System.setProperty("sluice.log.level", config.log().level().name());
    System.setProperty("sluice.log.access", config.http().accessLog() ? "INFO" : "OFF");
    // Before several threads do it at once, which SLF4J warns about.
    LoggerFactory.getILoggerFactory();
  }
}
