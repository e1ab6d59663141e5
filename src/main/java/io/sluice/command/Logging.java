package io.sluice.command;

import io.sluice.config.LogFormat;
import io.sluice.config.SluiceConfig;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sets logging up. */
final class Logging {
  private static final String FORMAT = "sluice.log.format";

  private static final String TARGET = "sluice.log.target";

  private Logging() {}

  /** On standard error, as standard output is for what was asked for. */
  static void beside() {
    System.setProperty(TARGET, "System.err");
  }

  /** As a configuration asks for it. */
  static void by(SluiceConfig config) {
    System.setProperty(FORMAT, config.log().format().name().toLowerCase(Locale.ROOT));
    System.setProperty("sluice.log.level", config.log().level().name());
    System.setProperty("sluice.log.access", config.http().accessLog() ? "INFO" : "OFF");
    // Before several threads do it at once, which SLF4J warns about.
    LoggerFactory.getILoggerFactory();
    java.util.logging.Logger others = LogManager.getLogManager().getLogger("");
    for (Handler handler : others.getHandlers()) {
      others.removeHandler(handler);
    }
    others.addHandler(new Bridge());
    if (config.log().format() == LogFormat.JSON && System.getProperty(TARGET) == null) {
      System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
    }
  }

  /** Whether machines read what this process writes, as far as that is known by now. */
  static boolean isJson() {
    String format = System.getProperty(FORMAT, System.getenv("SLUICE_LOG_FORMAT"));
    if ("json".equals(format)) {
      System.setProperty(FORMAT, format);
      return true;
    }
    return false;
  }

  /** Takes the lines of libraries that log by what comes with Java. */
  private static final class Bridge extends Handler {
    private static final Formatter TEXT = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      String name = line.getLoggerName() == null ? "java" : line.getLoggerName();
      LoggerFactory.getLogger(name)
          .atLevel(level(line.getLevel().intValue()))
          .setCause(line.getThrown())
          .log("{}", TEXT.formatMessage(line));
    }

    private static Level level(int level) {
      if (level >= java.util.logging.Level.SEVERE.intValue()) {
        return Level.ERROR;
      }
      if (level >= java.util.logging.Level.WARNING.intValue()) {
        return Level.WARN;
      }
      return level >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** What libraries and the virtual machine's own classes print becomes lines of the log. */
  private static final class Lines extends OutputStream {
    private static final int MAX_LINE_BYTES = 8_192;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int octet) {
      if (octet != '\n') {
        line.write(octet);
      }
      if (octet == '\n' || line.size() >= MAX_LINE_BYTES) {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
          LoggerFactory.getLogger("stderr").warn("{}", text);
        }
      }
    }
  }
}
