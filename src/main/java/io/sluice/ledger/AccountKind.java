package io.sluice.ledger;

/** How an account behaves. The code is what the database stores. */
public enum AccountKind {
  /** A number that may not pass its floor. */
  SIMPLE(0),
  /** A number that may not pass its floor and always equals the sum of the account's lots. */
  LOT(1),
  /**
   * A system account: the other side of value that enters or leaves the ledger. No floor, no lots.
   */
  SYSTEM(2);

  private static final AccountKind[] BY_CODE = values();

  private final int code;

  AccountKind(int code) {
    this.code = code;
  }

  /** The stable number of this kind in the database, 0 to 2. */
  public int code() {
    return code;
  }

  /**
   * The kind with this number.
   *
   * @throws IndexOutOfBoundsException for a number that no kind has
   */
  public static AccountKind ofCode(int code) {
    return BY_CODE[code];
  }
}
