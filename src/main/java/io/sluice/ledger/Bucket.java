package io.sluice.ledger;

import java.time.Instant;

/** The part of a holder's balance that an account keeps. The code is what the database stores. */
public enum Bucket {
  /** Spendable now. */
  AVAILABLE(0),
  /** Reserved by the holder's platform; not spendable. */
  HELD(1),
  /** Credited but not yet mature; not spendable. */
  DEFERRED(2);

  private final int code;

  Bucket(int code) {
    this.code = code;
  }

  /**
   * The time by which a lot in this bucket must not have expired to count: what is held does not
   * expire before it is released.
   */
  public Instant expiryAt(Instant now) {
    return this == HELD ? Instant.EPOCH : now;
  }

  /** The stable number of this bucket in the database, 0 to 2. */
  public int code() {
    return code;
  }
}
