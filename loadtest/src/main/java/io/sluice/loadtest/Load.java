package io.sluice.loadtest;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param perSecond answered without error
 * @param p50Micros the median time of an answer
 * @param p99Micros of a hundred answers the slowest but one
 * @param errors answers that were not a success
 */
record Load(double perSecond, long p50Micros, long p99Micros, long errors) {
  static Load of(Histogram nanos, double seconds, long errors) {
    return new Load(
        nanos.getTotalCount() / seconds,
        nanos.getValueAtPercentile(50) / 1_000,
        nanos.getValueAtPercentile(99) / 1_000,
        errors);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f/s p50 %.2f ms p99 %.2f ms%s",
        perSecond,
        p50Micros / 1e3,
        p99Micros / 1e3,
        errors == 0 ? "" : " ERRORS " + errors);
  }
}
