package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.sluice.operations.LogLoss;
import io.sluice.testing.Waiting;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final LoggerContext context = new LoggerContext();

  EventQueueTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  /** A reader that takes one line and no other before it may go on. */
  private static final class Stalled extends AppenderBase<ILoggingEvent> {
    private volatile boolean taken;
    private volatile boolean goOn;

    @Override
    protected void append(ILoggingEvent event) {
      taken = true;
      Waiting.until(() -> goOn);
    }
  }

  private ILoggingEvent line(int number) {
    return new LoggingEvent(
        "", context.getLogger("some"), Level.INFO, "line " + number, null, null);
  }

  @Test
  void countsTheLinesThatItDrops() {
    // Given room for two lines, behind one that is being written
    var reader = new Stalled();
    reader.setContext(context);
    reader.start();
    var queue = new EventQueue();
    queue.setContext(context);
    queue.setQueueSize(2);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(reader);
    queue.start();
    queue.doAppend(line(0));
    Waiting.until(() -> reader.taken);
    long before = LogLoss.EVENTS.lines();

    // When
    IntStream.rangeClosed(1, 5).forEach(number -> queue.doAppend(line(number)));

    // Then
    assertThat(LogLoss.EVENTS.lines()).isEqualTo(before + 3);
    reader.goOn = true;
    queue.stop();
  }
}
