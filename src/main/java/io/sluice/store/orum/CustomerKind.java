package io.sluice.store.orum;

/** Who may own a subledger. The order is that of their codes in the database. */
public enum CustomerKind {
  PERSON,
  BUSINESS,
  ENTERPRISE;

  private static final CustomerKind[] BY_CODE = values();

  /** The stable number in the database, 0 to 2. */
  short code() {
    return (short) ordinal();
  }

  static CustomerKind ofCode(int code) {
    return BY_CODE[code];
  }
}
