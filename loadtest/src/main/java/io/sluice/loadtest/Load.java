package io.sluice.loadtest;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What a load measured; several of the same kind can be taken together. */
final class Load {
  /** Nothing sent. */
  static final Load NONE = new Load(new Histogram(2), 0, 0, 0, 0);

  private final Histogram nanos;
  private final long answered;
  private final int seconds;
  private final long errors;
  private final long transfers;

  /**
   * @param nanos how long each answer took
   * @param answered with success while it was measured
   * @param seconds how long it was measured
   * @param errors answers that were not a success, and requests without answer
   * @param transfers answered with success at any time, before and after it was measured too
   */
  Load(Histogram nanos, long answered, int seconds, long errors, long transfers) {
    this.nanos = nanos;
    this.answered = answered;
    this.seconds = seconds;
    this.errors = errors;
    this.transfers = transfers;
  }

  static Load of(Histogram nanos, int seconds, long errors, long transfers) {
    return new Load(nanos, nanos.getTotalCount(), seconds, errors, transfers);
  }

  /** Both, as if they were one that took as long as both. */
  Load and(Load other) {
    Histogram both = nanos.copy();
    both.add(other.nanos);
    return new Load(
        both,
        answered + other.answered,
        seconds + other.seconds,
        errors + other.errors,
        transfers + other.transfers);
  }

  /** Both, which were at the same time. */
  Load beside(Load other) {
    Histogram both = nanos.copy();
    both.add(other.nanos);
    return new Load(
        both,
        answered + other.answered,
        seconds,
        errors + other.errors,
        transfers + other.transfers);
  }

  /** The same, with the errors of a load beside it. */
  Load withErrorsOf(Load other) {
    return new Load(nanos, answered, seconds, errors + other.errors, transfers);
  }

  /** Answered with success each second. */
  double perSecond() {
    return answered / (double) seconds;
  }

  /** The median time of an answer. */
  long p50Micros() {
    return nanos.getValueAtPercentile(50) / 1_000;
  }

  /** Of a hundred answers the slowest but one. */
  long p99Micros() {
    return nanos.getValueAtPercentile(99) / 1_000;
  }

  /** Of a thousand answers the slowest but one. */
  long p999Micros() {
    return nanos.getValueAtPercentile(99.9) / 1_000;
  }

  long errors() {
    return errors;
  }

  /** Answered with success at any time: what the load cost was spent on these. */
  long transfers() {
    return transfers;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f/s p50 %.2f ms p99 %.2f ms%s",
        perSecond(),
        p50Micros() / 1e3,
        p99Micros() / 1e3,
        errors == 0 ? "" : " ERRORS " + errors);
  }
}
