package io.sluice.gateway;

/**
 * The requests of one event loop that are not over, oldest first. All have the same deadline, so
 * the oldest is due first, and one look at the head from time to time replaces a timer for each
 * request.
 */
final class InFlight {
  private Exchange oldest;
  private Exchange newest;

  void add(Exchange exchange) {
    exchange.older = newest;
    if (newest == null) {
      oldest = exchange;
    } else {
      newest.newer = exchange;
    }
    newest = exchange;
  }

  void remove(Exchange exchange) {
    if (exchange.older == null) {
      oldest = exchange.newer;
    } else {
      exchange.older.newer = exchange.newer;
    }
    if (exchange.newer == null) {
      newest = exchange.older;
    } else {
      exchange.newer.older = exchange.older;
    }
    exchange.older = null;
    exchange.newer = null;
  }

  /** Ends every request that started before a moment; each takes itself off the list. */
  void expire(long startedBeforeNanos) {
    Exchange next = oldest;
    while (next != null && next.startedNanos() - startedBeforeNanos < 0) {
      Exchange due = next;
      next = due.newer;
      due.expire();
    }
  }
}
