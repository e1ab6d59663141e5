package io.sluice.loadtest;

/**
 * Slices of one load, in turn with those of another. What they say together is the median of what
 * each says: a disk that stands still for a fifth of a second makes the 99th percentile of the
 * slice that it falls into, whatever is measured there.
 */
final class Slices {
  private final Series p50 = new Series();
  private final Series p99 = new Series();

  void add(Load slice) {
    p50.add(slice.p50Micros());
    p99.add(slice.p99Micros());
  }

  boolean isEmpty() {
    return p99.isEmpty();
  }

  double p99Micros() {
    return p99.median();
  }

  double p50Ratio(Slices other) {
    return p50.median() / other.p50.median();
  }

  double p99Ratio(Slices other) {
    return p99.median() / other.p99.median();
  }
}
