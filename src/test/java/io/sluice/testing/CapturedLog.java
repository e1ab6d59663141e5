package io.sluice.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * What one logger is told while this is open. It is printed nowhere, so that a test which expects a
 * failure does not look like one that fails.
 */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final boolean additive;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    level = logger.getLevel();
    additive = logger.isAdditive();
    // Event loops write while the test's thread reads.
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  /** Of the logger with this name. */
  public static CapturedLog of(String logger) {
    return new CapturedLog((Logger) LoggerFactory.getLogger(logger));
  }

  /** Of a class's logger. */
  public static CapturedLog of(Class<?> owner) {
    return of(owner.getName());
  }

  /** The lines so far. */
  public List<ILoggingEvent> lines() {
    return List.copyOf(lines.list);
  }

  /** Waits for a line that begins with a text, and gives the first one. */
  public ILoggingEvent await(String beginning) {
    Waiting.until(() -> lines().stream().anyMatch(line -> begins(line, beginning)));
    return lines().stream().filter(line -> begins(line, beginning)).findFirst().orElseThrow();
  }

  /** What a line says beside its text. */
  public static Map<String, Object> values(ILoggingEvent line) {
    return line.getKeyValuePairs().stream().collect(Collectors.toMap(p -> p.key, p -> p.value));
  }

  private static boolean begins(ILoggingEvent line, String beginning) {
    return line.getFormattedMessage().startsWith(beginning);
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setAdditive(additive);
    logger.setLevel(level);
  }
}
