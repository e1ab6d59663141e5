package io.sluice.access;

/**
 * A secret inside the header that it came in. It is copied out of there only for whoever must have
 * it alone: what comes with every request is nearly always known by its hash, which is made once
 * however often it is asked for. For one thread at a time.
 */
public final class Presented {
  private final String header;
  private final int from;
  private final int to;

  /** What it was hashed for last; null before that. */
  private String use;

  /** Null before it is first asked for. */
  private SecretHash hash;

  /**
   * A part of a header.
   *
   * @param header never shown
   * @param from where the secret begins
   * @param to where it ends
   */
  public Presented(String header, int from, int to) {
    this.header = header;
    this.from = from;
    this.to = to;
  }

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

  /**
   * What a cache knows it by.
   *
   * @param use what it is to open: the same secret has another hash for another use
   */
  SecretHash hash(String use) {
    if (!use.equals(this.use)) {
      hash = SecretHash.of(header, from, to, use);
      this.use = use;
    }
    return hash;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Presented";
  }
}
