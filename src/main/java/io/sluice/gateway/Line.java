package io.sluice.gateway;

/**
 * Those on one event loop that wait for the same thing, oldest first. All may wait equally long, so
 * the oldest is late first, and one look at the head from time to time replaces a timer for each.
 */
final class Line {
  private Timed oldest;
  private Timed newest;
  private int size;

  void add(Timed timed, long nowNanos) {
    timed.line = this;
    timed.sinceNanos = nowNanos;
    timed.older = newest;
    if (newest == null) {
      oldest = timed;
    } else {
      newest.newer = timed;
    }
    newest = timed;
    size++;
  }

  void remove(Timed timed) {
    if (timed.older == null) {
      oldest = timed.newer;
    } else {
      timed.older.newer = timed.newer;
    }
    if (timed.newer == null) {
      newest = timed.older;
    } else {
      timed.newer.older = timed.older;
    }
    timed.older = null;
    timed.newer = null;
    timed.line = null;
    size--;
  }

  /** Tells everybody who waits since before a moment that he is late. */
  void expire(long beforeNanos) {
    Timed next = oldest;
    while (next != null && next.sinceNanos - beforeNanos < 0) {
      Timed due = next;
      next = due.newer;
      due.late();
    }
  }

  /** Null when nobody waits. */
  Timed oldest() {
    return oldest;
  }

  int size() {
    return size;
  }
}
