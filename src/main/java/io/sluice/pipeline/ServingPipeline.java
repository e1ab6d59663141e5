package io.sluice.pipeline;

import io.sluice.store.seal.Commits;
import io.vertx.core.Future;
import java.util.Optional;

/** A pipeline as whoever runs it sees it. Used by any thread. */
public interface ServingPipeline extends TransferPipeline {
  /** Connects the lanes; fails when the database cannot be reached. */
  Future<Void> start();

  /**
   * Lets nothing more in, waits until everything inside is answered, and closes the lanes.
   *
   * @param timeoutMs how long to wait; the lanes are closed then in any case
   */
  Future<Void> close(long timeoutMs);

  /** What was written, for whoever seals it. */
  Commits commits();

  /** Lanes that have a connection. */
  int connectedLanes();

  /**
   * What the database lacked when a transfer was tried last, such as room on its disk; empty when
   * nothing is known.
   */
  Optional<String> databaseLacks();
}
