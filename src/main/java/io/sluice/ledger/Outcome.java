package io.sluice.ledger;

import java.time.Duration;
import java.util.Optional;

/** What became of a command. */
public sealed interface Outcome {
  /** The stored transfer, now or earlier; empty for every outcome but posted and replayed. */
  default Optional<Receipt> stored() {
    return Optional.empty();
  }

  /** Value moved, durably. */
  record Posted(Receipt receipt) implements Outcome {
    @Override
    public Optional<Receipt> stored() {
      return Optional.of(receipt);
    }
  }

  /** The same request was already stored; this is the first answer's receipt. Nothing moved. */
  record Replayed(Receipt receipt) implements Outcome {
    @Override
    public Optional<Receipt> stored() {
      return Optional.of(receipt);
    }
  }

  /** The idempotency key stands for another request. Nothing moved. */
  record Conflict(TransferId existing) implements Outcome {}

  /**
   * The command was refused. Nothing moved.
   *
   * @param reason the ledger's or the dialect's own
   * @param recorded the failed transfer, where the command asked for it to be stored
   */
  record Refused(Refusal reason, Optional<Receipt> recorded) implements Outcome {}

  /** The queue is full. Nothing moved; trying again is safe. */
  record Overloaded(Duration retryAfter) implements Outcome {}

  /** The command's deadline passed while it waited. Nothing moved; trying again is safe. */
  record Expired() implements Outcome {}

  /**
   * The database could not be reached, or the command's fate could not be learned in time. Value
   * may have moved; only a client with an idempotency key can safely try again.
   */
  record Unavailable() implements Outcome {}
}
