package io.sluice.store.orum;

import io.sluice.ledger.HolderStatus;

/** How far a customer's verification has come. The order is that of their codes in the database. */
public enum CustomerStatus {
  /** Not verified yet, or, after a change of what is verified, not again. */
  CREATED(HolderStatus.ACTIVE),
  VERIFIED(HolderStatus.ACTIVE),
  REJECTED(HolderStatus.SUSPENDED),
  RESTRICTED(HolderStatus.SUSPENDED),
  /** For good. */
  CLOSED(HolderStatus.CLOSED);

  private static final CustomerStatus[] BY_CODE = values();

  private final HolderStatus ofSubledgers;

  CustomerStatus(HolderStatus ofSubledgers) {
    this.ofSubledgers = ofSubledgers;
  }

  /** The stable number in the database, 0 to 4. */
  short code() {
    return (short) ordinal();
  }

  static CustomerStatus ofCode(int code) {
    return BY_CODE[code];
  }

  /** What the subledgers of an owner with this status may take part in. */
  HolderStatus ofSubledgers() {
    return ofSubledgers;
  }
}
