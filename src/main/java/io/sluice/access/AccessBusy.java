package io.sluice.access;

/**
 * As many passwords are being hashed, or credentials of strangers looked up, as may be; trying
 * again later is safe.
 */
public final class AccessBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AccessBusy() {
    super("too many credentials are being checked", null, false, false);
  }
}
