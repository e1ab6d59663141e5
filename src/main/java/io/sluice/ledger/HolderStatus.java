package io.sluice.ledger;

/** What a holder may take part in. The code is what the database stores. */
public enum HolderStatus {
  ACTIVE(0),
  SUSPENDED(1),
  CLOSED(2),
  ARCHIVED(3),
  /**
   * Being set up: invisible to readers, refused in transfers other than its own opening balance.
   */
  OPENING(4);

  private static final HolderStatus[] BY_CODE = values();

  private final int code;

  HolderStatus(int code) {
    this.code = code;
  }

  /** The stable number of this status in the database, 0 to 4. */
  public int code() {
    return code;
  }

  /**
   * The status with this number.
   *
   * @throws IndexOutOfBoundsException for a number that no status has
   */
  public static HolderStatus ofCode(int code) {
    return BY_CODE[code];
  }
}
