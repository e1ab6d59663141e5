package io.sluice.clients;

/**
 * Who calls.
 *
 * @param secret what Isometric's calls carry besides the token; nothing elsewhere
 */
record Caller(String token, String secret) {
  /** Who needs no credentials. */
  static final Caller NOBODY = new Caller("", "");

  /** Whose credentials are none. */
  static final Caller STRANGER = new Caller("nobody", "nobody");

  @Override
  public String toString() {
    return "Caller";
  }
}
