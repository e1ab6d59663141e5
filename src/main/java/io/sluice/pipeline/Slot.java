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

  boolean isHeldBy(Batch batch) {
    return holder == batch;
  }

  void hold(Batch batch) {
    holder = batch;
  }

  void release() {
    holder = null;
  }

  boolean isUnused() {
    return holder == null && waiting.isEmpty();
  }
}
