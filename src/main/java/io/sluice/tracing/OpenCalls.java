package io.sluice.tracing;

import io.sluice.ledger.TransferId;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The calls that are traced and have not been answered, by the place where each is dealt with and
 * by the commands that it has made. Of each there are no more than requests and commands in flight.
 */
final class OpenCalls {
  private final ConcurrentMap<Context, CallSpan> byPlace = new ConcurrentHashMap<>();
  private final ConcurrentMap<TransferId, CallSpan> byCommand = new ConcurrentHashMap<>();

  void begins(Context place, CallSpan call) {
    byPlace.put(place, call);
  }

  Optional<CallSpan> ends(Context place) {
    return Optional.ofNullable(byPlace.remove(place));
  }

  /**
   * The call that is dealt with at a place.
   *
   * @param place null off all event loops
   */
  Optional<CallSpan> at(Context place) {
    return place == null ? Optional.empty() : Optional.ofNullable(byPlace.get(place));
  }

  void submits(CallSpan call, TransferId command) {
    byCommand.put(command, call);
  }

  void answered(TransferId command) {
    byCommand.remove(command);
  }

  Optional<CallSpan> of(TransferId command) {
    return Optional.ofNullable(byCommand.get(command));
  }

  /** Whether no traced call has a command at work, so that nobody needs to be looked for. */
  boolean isEmpty() {
    return byCommand.isEmpty();
  }

  /** How many calls and commands there are. */
  int size() {
    return byPlace.size() + byCommand.size();
  }
}
