package io.sluice.access;

/**
 * An issuer's keys cannot be had, so nothing can be said about its tokens. Carries no stack trace:
 * it is an outage of somebody else's, and whoever sends such tokens would fill the log.
 */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException() {
    super("the keys of an issuer cannot be had", null, false, false);
  }
}
