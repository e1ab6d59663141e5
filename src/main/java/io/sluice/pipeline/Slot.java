package io.sluice.pipeline;

import java.util.ArrayDeque;
import java.util.UUID;

/** One account, or idempotency key, that some command in the pipeline touches. */
final class Slot {
  private final UUID id;
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>(4);
  private Batch holder;

  Slot(UUID id) {
    this.id = id;
  }

  UUID id() {
    return id;
  }

  /** The commands that touch this and are in no batch yet, in the order of their arrival. */
  ArrayDeque<Submission> waiting() {
    return waiting;
  }

  /** Whether the next command may enter a batch as far as this slot is concerned. */
  boolean isFreeFor(Batch batch) {
    return holder == null || holder == batch;
  }

  /** Whether one who does not wait here may enter a batch without overtaking anybody who does. */
  boolean isFreeFor(Batch batch, Submission outsider) {
    return isFreeFor(batch) && (waiting.isEmpty() || waiting.peek().arrival() > outsider.arrival());
  }

  boolean isHeldBy(Batch batch) {
    return holder == batch;
  }

  /** Batches in flight share no slot. */
  void hold(Batch batch) {
    require(holder == null, "held by another batch already");
    holder = batch;
  }

  void release(Batch batch) {
    require(holder == batch, "not held by the batch that releases it");
    holder = null;
  }

  /** Takes the first one off the line, which the caller takes it to be. */
  void leave(Submission first) {
    require(waiting.poll() == first, "left out of turn");
  }

  /** Takes one off the line, wherever he stands. */
  void withdraw(Submission submission) {
    require(waiting.remove(submission), "left by one who was not there");
  }

  private void require(boolean holds, String broken) {
    if (!holds) {
      throw new IllegalStateException("account or key " + id + ": " + broken);
    }
  }

  boolean isUnused() {
    return holder == null && waiting.isEmpty();
  }
}
