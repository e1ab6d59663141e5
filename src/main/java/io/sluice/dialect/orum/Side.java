package io.sluice.dialect.orum;

/** The two sides of a book transfer, by the name of their member in the request. */
enum Side {
  SOURCE("source"),
  DESTINATION("destination");

  private final String member;

  Side(String member) {
    this.member = member;
  }

  String member() {
    return member;
  }
}
