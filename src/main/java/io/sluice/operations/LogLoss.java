package io.sluice.operations;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How many lines each of the two logs of this process has dropped, rather than make it wait. */
public enum LogLoss {
  /** A line for each answer. */
  ACCESS,

  /** All else. */
  EVENTS;

  private final LongAdder dropped = new LongAdder();

  /** Counts lines that nobody will read. */
  public void add(long lines) {
    dropped.add(lines);
  }

  /** Since the process began. */
  public long lines() {
    return dropped.sum();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
