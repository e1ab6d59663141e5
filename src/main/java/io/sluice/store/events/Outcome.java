package io.sluice.store.events;

import io.sluice.store.events.Delivery.Answer;
import java.time.Instant;

/** What an attempt came to. */
public sealed interface Outcome {
  /** What was attempted. */
  Claim claim();

  /** What was heard of the receiver. */
  Answer answer();

  /** The receiver has taken it. */
  record Taken(Claim claim, Answer answer) implements Outcome {}

  /** The attempt was not good. */
  sealed interface Failed extends Outcome {
    /** Is to be tried again at a time. */
    record Later(Claim claim, Answer answer, Instant dueAt) implements Failed {}

    /** Is not tried again. */
    record GivenUp(Claim claim, Answer answer) implements Failed {}
  }
}
