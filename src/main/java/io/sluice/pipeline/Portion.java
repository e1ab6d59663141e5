package io.sluice.pipeline;

/**
 * Some of those who stand behind all others, who are let in together. For one thread only.
 *
 * @see Behind
 */
final class Portion {
  /** Legs of a portion: a batch of so many takes hardly longer than one of a single transfer. */
  static final int LEGS = 16;

  private final long begunNanos;
  private int legs;
  private int open;
  private boolean begun;

  Portion(long nowNanos) {
    begunNanos = nowNanos;
  }

  /** Whether one more may come along: there is room, and none of it is being carried out yet. */
  boolean isOpen() {
    return !begun && legs < LEGS;
  }

  void enter(int more) {
    legs += more;
    open++;
  }

  /** One of it is being carried out. */
  void begin() {
    begun = true;
  }

  /** One of it is done, or waits apart. */
  void leave() {
    open--;
  }

  boolean isDone() {
    return open == 0;
  }

  /** How long ago it began. */
  long ageNanos(long nowNanos) {
    return nowNanos - begunNanos;
  }
}
