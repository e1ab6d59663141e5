package io.sluice.store.events;

/** Whether an endpoint hears of anything. */
public enum EndpointStatus {
  ACTIVE,
  /** Gets no new events; its open deliveries wait. */
  DISABLED,
  /** For ever. */
  ARCHIVED;

  private static final EndpointStatus[] ALL = values();

  /** How it is stored. */
  int code() {
    return ordinal();
  }

  static EndpointStatus ofCode(int code) {
    return ALL[code];
  }
}
