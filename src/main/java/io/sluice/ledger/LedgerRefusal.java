package io.sluice.ledger;

/** The reasons for which the ledger itself refuses a command. */
public sealed interface LedgerRefusal extends Refusal {
  /**
   * The debited account holds too little.
   *
   * @param account which account
   * @param available what it could have paid, overdraft included; may be negative
   * @param required what the command wanted
   */
  record InsufficientFunds(AccountRef account, Amount available, Amount required)
      implements LedgerRefusal {}

  /** The account's balance would leave the range that the command allows. */
  record BalanceOutOfRange(AccountRef account) implements LedgerRefusal {}

  /** The reasons that only an asset in lots, or what selects what it takes, can bring about. */
  sealed interface OfLots extends LedgerRefusal {}

  /** The command names a lot that does not exist. */
  record LotUnknown(LotId lot) implements OfLots {}

  /** The command names a lot of somebody else. */
  record LotNotHeld(LotId lot) implements OfLots {}

  /** The command names a lot of another issuer than it says. */
  record LotIssuerMismatch(LotId lot) implements OfLots {}

  /** The command names a lot that can no longer move. */
  record LotUnavailable(LotId lot, LotStatus status) implements OfLots {}

  /** The command wants more of a lot than there is. */
  record LotTooSmall(LotId lot, Amount size, Amount required) implements OfLots {}

  /**
   * The command wants to give a new lot an id that some lot has already: whoever drew it may draw
   * again.
   */
  record LotIdTaken(LotId lot) implements OfLots {}

  /**
   * The debit would have to be paid from more lots than one transfer may use.
   *
   * @param limit the most lots that one debit may use
   */
  record TooManyLots(AccountRef account, int limit) implements OfLots {}

  /** There is nothing at all of what the command is to move as much of as there is. */
  record NothingToMove(AccountRef account) implements OfLots {}
}
