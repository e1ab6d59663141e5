package io.sluice.access;

/** A credential cannot be granted as asked. Carries no stack trace and no secret. */
public final class CredentialRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** An argument breaks a limit that the message names. */
    INVALID,
    /** The name belongs to somebody already, perhaps to another tenant. */
    NAME_TAKEN,
    /** The tenant has as many of these as it may have. */
    TOO_MANY,
    /** No such tenant. */
    UNKNOWN_TENANT,
    /** The tenant is closed, so nothing would open anything. */
    CLOSED
  }

  public CredentialRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
