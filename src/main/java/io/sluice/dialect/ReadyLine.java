package io.sluice.dialect;

import io.vertx.core.Future;

/** A line of a request that was read and found to make sense, and now waits for its turn. */
@FunctionalInterface
public interface ReadyLine {
  /** Carries it out, in the order of the lines; may throw or fail as a handler may. */
  Future<Answer> carryOut();
}
