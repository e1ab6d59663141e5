package io.sluice.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * One transaction of a lane, for a flight recording in which it is switched on. It begins when the
 * first flush is sent and ends with the answer to the second one, whatever that says.
 */
@Name("io.sluice.Batch")
@Label("Batch of transfers")
@Description("One transaction that carries a batch of transfers")
@Category("Sluice")
@Enabled(false)
@StackTrace(false)
final class BatchEvent extends Event {
  @Label("Server Process")
  @Description("The process of PostgreSQL that serves the connection")
  int process;

  @Label("Commands")
  int commands;

  @Label("Lock Time")
  @Description("Until the first flush was answered: accounts are locked, what decides is read")
  @Timespan(Timespan.NANOSECONDS)
  long lock;

  @Label("Decision Time")
  @Description("Until the second flush was sent")
  @Timespan(Timespan.NANOSECONDS)
  long decision;

  /** Notes that the first flush was answered. */
  void locked(long startedNanos) {
    lock = System.nanoTime() - startedNanos;
  }

  /** Notes that the second flush was sent. */
  void decided(long startedNanos) {
    decision = System.nanoTime() - startedNanos - lock;
  }
}
