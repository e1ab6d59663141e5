package io.sluice.store;

/** Whether anybody is let in for a tenant. The code is what the database stores. */
public enum TenantStatus {
  ACTIVE,
  /** Nobody is, until it is resumed. */
  SUSPENDED,
  /** Nobody is, for ever. */
  CLOSED;

  private static final TenantStatus[] ALL = values();

  short code() {
    return (short) ordinal();
  }

  public static TenantStatus ofCode(int code) {
    return ALL[code];
  }
}
