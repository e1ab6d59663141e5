package io.sluice.store;

/** What holds for the books at every moment. {@link Verifier} checks each from first principles. */
public enum Invariant {
  TENANT("every row belongs to a tenant that exists"),
  POSTING_SEQUENCE("an account's postings are numbered from 1, each once, without gaps"),
  RUNNING_BALANCE("a posting's balance is the balance before it plus its amount"),
  ACCOUNT_SEQUENCE("an account's sequence is that of its latest posting"),
  ACCOUNT_BALANCE("an account's balance is the sum of its postings"),
  POSTING_ACCOUNT("every posting is on an account that exists"),
  POSTING_TRANSFER("every posting belongs to a transfer that exists"),
  POSTING_LISTED("every posting that its transfer does not carry is listed by it"),
  LISTED_POSTING("every posting that a transfer lists exists"),
  TRANSFER_LISTING(
      "a posted transfer carries its two postings or lists any, each once; a refused one neither"),
  REFUSED_TRANSFER("a refused transfer has no postings"),
  TRANSFER_SUM("a transfer's postings sum to zero per asset"),
  TRANSFER_KEY("an idempotency key belongs to one transfer"),
  ASSET_SUM("an asset's balances sum to zero"),
  ACCOUNT_HOLDER("every account has a holder that exists"),
  ACCOUNT_ASSET("every account is of an asset that exists"),
  ACCOUNT_ID("an account's id is derived from its holder, asset and bucket"),
  ACCOUNT_NUMBER("an account's number is its alone"),
  ACCOUNT_STATUS("an account's status is its holder's"),
  ACCOUNT_FLOOR("an account does not pass its floor, permitted overdraft aside"),
  LOT_ACCOUNT("every lot is on a lot-tracking account that exists"),
  LOT_ISSUER("a lot's issuer is a holder that exists"),
  LOT_BALANCE("a lot-tracking account holds what remains in its lots less what is overdrawn"),
  LOT_REMAINING("what remains in a lot is the sum of its movements, all of it on its account"),
  LOT_POSTING(
      "on a lot-tracking account, a transfer moves lots as it posts; only an overdraft differs"),
  MOVEMENT_TRANSFER("every lot movement belongs to a posted transfer"),
  MOVEMENT_LOT("every lot movement is of a lot that exists"),
  MOVEMENT_ACCOUNT("every lot movement is on a lot-tracking account that exists"),
  SPLIT_CHILDREN("a split lot has two children that name it as their parent"),
  SPLIT_PARENT("a lot's parent, if it was split, names it as one of its children"),
  LOT_PART("a part of a lot that was not split has the dates of that lot"),
  LOT_DUE("a lot is due when it matures or expires where it is, and never while it is held"),
  SPLIT_AMOUNT("a split lot's children add up to it"),
  SPLIT_REMAINING("nothing remains in a split lot itself"),
  SPLIT_SERIALS("a split lot's children divide its serial numbers, the left one first"),
  SERIAL_REGISTER("the serial numbers of a register are given out from 0 on, each once"),
  SERIAL_ISSUE("a lot as issued has the serial numbers, issuer and day that it was issued with"),
  SERIAL_PIECE(
      "a piece of an issued lot is of the same issue and within the numbers of its parent"),
  LOT_RETIRED("a retired lot was used up whole by what it names, and has not moved since"),
  SEALED_TRANSFER("a sealed transfer is there"),
  SEALED_CONTENT("a sealed transfer says what it said when it was sealed"),
  SEALED_ORDER("sealed blocks follow one another in positions, hashes and, unless late, in ids"),
  SEALED_ALL("every transfer below those that are sealed for good is sealed"),
  SEALED_ONCE("a transfer is sealed once"),
  SEALED_HEAD("the head of sealed books is that of their blocks"),
  SEALED_TREE("the tree over sealed books is that of their entries");

  private final String rule;

  Invariant(String rule) {
    this.rule = rule;
  }

  /** The rule in words, as it should be. */
  public String rule() {
    return rule;
  }
}
