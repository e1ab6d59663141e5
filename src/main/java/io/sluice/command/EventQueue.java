package io.sluice.command;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sluice.operations.LogLoss;

/**
 * The log of events, written by a thread of its own. Logback drops what finds the queue full and
 * says so to nobody, so it is counted here.
 */
public final class EventQueue extends AsyncAppender {
  /** Counts a line too many where the writer takes one in the very moment. */
  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      LogLoss.EVENTS.add(1);
    }
    super.append(event);
  }
}
