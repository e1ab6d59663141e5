package io.sluice.access;

/**
 * How fast a tenant may call.
 *
 * @param perSecond sustained requests per second; 0 means no limit
 * @param burst the bucket's size, 1 or more
 */
public record RateLimit(int perSecond, int burst) {
  /** No limit at all. */
  public static final RateLimit OFF = new RateLimit(0, 1);

  /** Keeps every sum of the bucket's arithmetic far from overflow. */
  public static final int MAX_RATE = 1_000_000;

  public RateLimit {
    if (perSecond < 0 || perSecond > MAX_RATE) {
      throw new IllegalArgumentException(
          "the rate is 0 to " + MAX_RATE + " per second, not " + perSecond);
    }
    if (burst < 1 || burst > MAX_RATE) {
      throw new IllegalArgumentException("the burst is 1 to " + MAX_RATE + ", not " + burst);
    }
  }
}
