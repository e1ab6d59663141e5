package io.sluice.store.events;

/** What has become of a delivery. */
public enum DeliveryStatus {
  PENDING,
  SENDING,
  DELIVERED,
  FAILED;

  private static final DeliveryStatus[] ALL = values();

  /** How it is stored. */
  int code() {
    return ordinal();
  }

  static DeliveryStatus ofCode(int code) {
    return ALL[code];
  }
}
