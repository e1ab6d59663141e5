package io.sluice.access;

/** As many passwords are being hashed as may be; trying again later is safe. */
public final class PasswordsBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PasswordsBusy() {
    super("too many passwords are being checked", null, false, false);
  }
}
