package io.sluice.gateway;

/** Something that waits in a {@link Line}, in one at a time. Used on one event loop only. */
abstract class Timed {
  /** Neighbours in the line; null at its ends. */
  Timed older;

  Timed newer;

  /** Null while it waits in none. */
  Line line;

  long sinceNanos;

  /** Called when it has waited too long, and again while it does not leave the line. */
  abstract void late();

  /** Waits from a moment on in a line, and no longer in another. */
  final void waitIn(Line next, long nowNanos) {
    leave();
    next.add(this, nowNanos);
  }

  /** Waits no longer. */
  final void leave() {
    if (line != null) {
      line.remove(this);
    }
  }
}
