package io.sluice.ledger;

/** Whether a lot can still move. The code is what the database stores. */
public enum LotStatus {
  ACTIVE(0),
  /** Divided into two children and out of use for good. */
  SPLIT(1),
  /** Taken out of circulation for good. */
  RETIRED(2),
  /** Past its end, and what was left of it has gone to whom it falls. */
  EXPIRED(3);

  private static final LotStatus[] BY_CODE = values();

  private final int code;

  LotStatus(int code) {
    this.code = code;
  }

  /** The stable number of this status in the database, 0 to 3. */
  public int code() {
    return code;
  }

  /**
   * The status with this number.
   *
   * @throws IndexOutOfBoundsException for a number that no status has
   */
  public static LotStatus ofCode(int code) {
    return BY_CODE[code];
  }
}
