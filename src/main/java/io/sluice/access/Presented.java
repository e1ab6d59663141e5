package io.sluice.access;

/**
 * A secret inside the header that it came in. It is copied out of there only for whoever must have
 * it alone: what comes with every request is nearly always known by its hash.
 *
 * @param header never shown
 * @param from where the secret begins
 * @param to where it ends
 */
public record Presented(String header, int from, int to) {
  /** A secret by itself. */
  public static Presented of(String secret) {
    return new Presented(secret, 0, secret.length());
  }

  int length() {
    return to - from;
  }

  /** The secret. */
  public String text() {
    return header.substring(from, to);
  }

  @Override
  public String toString() {
    return "Presented";
  }
}
