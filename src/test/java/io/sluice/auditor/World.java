package io.sluice.auditor;

/** One dialect's part of a worker: a model of a few accounts, and random commands against them. */
interface World {
  /**
   * Sends one random command, holds the answer to the model's prediction, and moves the model on.
   */
  void step();

  /** Moves the model on, now that the clock has been, and what became due has been done. */
  default void timePassed() {}

  /** Holds the balances that the API shows to the model's. */
  void finish();
}
