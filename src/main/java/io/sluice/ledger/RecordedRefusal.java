package io.sluice.ledger;

/**
 * A refusal of a check that is stored as a failed transfer, where the command asks for that; like
 * want of funds, it then counts as the answer to the command's key.
 */
public interface RecordedRefusal extends Refusal {
  /**
   * What is stored with the failed transfer.
   *
   * @param detail what the command would have stored
   */
  String detail(String detail);
}
