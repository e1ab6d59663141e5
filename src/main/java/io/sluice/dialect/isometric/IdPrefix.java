package io.sluice.dialect.isometric;

/** What an id says it names, in its first four characters. */
public enum IdPrefix {
  ORGANISATION("org_"),
  SUPPLIER("spl_"),
  PROJECT("prj_"),
  CREDIT_BATCH("ctb_"),
  ISSUANCE("iss_"),
  REMOVAL("rmv_"),
  DELIVERY("dlv_"),
  TRANSFER("tfr_");

  private final String text;

  IdPrefix(String text) {
    this.text = text;
  }

  /** Three lower-case letters and an underscore. */
  public String text() {
    return text;
  }
}
