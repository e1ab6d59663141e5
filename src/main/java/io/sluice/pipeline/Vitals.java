package io.sluice.pipeline;

/**
 * What other threads may see of the pipeline: copies, kept up to date by its event loop, which
 * alone writes them.
 */
final class Vitals {
  private volatile int waiting;
  private volatile int connectedLanes;
  private volatile int lockedAccounts;
  private volatile int quarantined;

  /** Commands that wait for a lane or are parked. */
  int waiting() {
    return waiting;
  }

  void setWaiting(int commands) {
    waiting = commands;
  }

  /** Lanes that have a connection. */
  int connectedLanes() {
    return connectedLanes;
  }

  void setConnectedLanes(int lanes) {
    connectedLanes = lanes;
  }

  /** Accounts that somebody else keeps locked. */
  int lockedAccounts() {
    return lockedAccounts;
  }

  /** Commands that wait for these. */
  int quarantined() {
    return quarantined;
  }

  void setQuarantine(int accounts, int commands) {
    lockedAccounts = accounts;
    quarantined = commands;
  }
}
