package io.sluice.dialect.isometric;

/** What is done with credit batches, in the words of a refusal. */
enum Deed {
  ISSUANCE("issuing", "issued"),
  ORDER("ordering", "ordered"),
  TRANSFER("sending", "transferred"),
  DELIVERY("delivering", "delivered"),
  RETIREMENT("retiring", "retired"),
  REFUND("refunding", "refunded");

  private final String doer;
  private final String done;

  Deed(String doer, String done) {
    this.doer = doer;
    this.done = done;
  }

  /** Which organisation the batches have to be owned by. */
  String doer() {
    return doer;
  }

  /** What happens to them. */
  String done() {
    return done;
  }
}
