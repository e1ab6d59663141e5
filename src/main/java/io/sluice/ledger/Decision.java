package io.sluice.ledger;

/** What the ledger says of one command: the outcome, or where the outcome is to be read. */
public sealed interface Decision {
  /** Decided here. It becomes true when the batch commits. */
  record Decided(Outcome outcome) implements Decision {}

  /**
   * Not decided, and nothing has changed: it takes more lots than a batch that is shared reads, or
   * the oldest of some, and has to have one of its own.
   */
  record Postponed() implements Decision {}

  /** The same request is stored already; its receipt is to be read from the database. */
  record ReplayOf(TransferId transfer) implements Decision {}
}
