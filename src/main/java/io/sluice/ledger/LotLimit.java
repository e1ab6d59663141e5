package io.sluice.ledger;

/**
 * How many lots are read of the accounts that pay from their oldest ones. What a command may use is
 * bounded for itself, never by what others of its batch use: where a shared batch has not read
 * enough for it, it is decided again in a batch of its own.
 *
 * @param lots the most lots of one account; of a command that is alone, of all its accounts
 * @param isAlone whether one command has the batch to itself, so that one that would need more is
 *     refused
 */
public record LotLimit(int lots, boolean isAlone) {
  /** The most lots that one command is paid from. */
  public static final int MAX_LOTS_PER_COMMAND = 30_000;

  /** Most payers need few, and one of many in a batch gets at least so many. */
  static final int MIN_LOTS_PER_SHARED_DEBIT = 100;

  /** What a batch that is shared reads about, however many pay in it. */
  static final int SHARED_LOTS = 10_000;

  /** Of a command that has a batch to itself. */
  public static final LotLimit ALONE = new LotLimit(MAX_LOTS_PER_COMMAND, true);

  /** Of a batch with so many commands and legs. */
  public static LotLimit ofBatch(int commands, int legs) {
    return commands == 1
        ? ALONE
        : new LotLimit(Math.max(MIN_LOTS_PER_SHARED_DEBIT, SHARED_LOTS / legs), false);
  }
}
