package io.sluice.ledger;

import java.util.List;
import java.util.function.Function;

/**
 * Tells of a transfer once it is known what became of it: called with the receipt of what is about
 * to be written, posted or a recorded refusal, before the commit. Pure and quick: it runs between
 * the two flushes of a batch, once for each attempt at it.
 */
@FunctionalInterface
public interface EventSource {
  /** Has nothing to tell, which costs nothing. */
  EventSource NONE = receipt -> List.of();

  /** The events of one transfer. Those that no endpoint wants are not stored. */
  List<Event> of(Receipt receipt);

  /** For how many endpoints something is written with each event, at most, as far as is known. */
  default int audience() {
    return 0;
  }

  /** Tells so many endpoints. */
  static EventSource to(int audience, Function<Receipt, List<Event>> events) {
    return new EventSource() {
      @Override
      public List<Event> of(Receipt receipt) {
        return events.apply(receipt);
      }

      @Override
      public int audience() {
        return audience;
      }
    };
  }
}
