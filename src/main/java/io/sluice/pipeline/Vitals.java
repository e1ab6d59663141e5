package io.sluice.pipeline;

/**
 * What other threads may see of the pipeline: copies, kept up to date by its event loop, which
 * alone writes them.
 */
final class Vitals {
  private volatile int waiting;
  private volatile int connectedLanes;

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
}
