package io.sluice.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** NumericDates (RFC 7519, section 2): seconds since 1970, perhaps with a fraction. */
final class NumericDate {
  /** The last second of the year 9999. What is later, nobody means and no database can hold. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(253_402_300_799L);

  /** More decimals, or zeros before the point, than anybody writes; computing with them is slow. */
  private static final int MAX_SCALE = 100;

  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private static final int MILLIS_SCALE = 3;

  private NumericDate() {}

  /**
   * A moment to the millisecond: cut to the second, it would seem to be from before a moment that
   * it is after.
   */
  static BigDecimal of(Instant moment) {
    return BigDecimal.valueOf(moment.toEpochMilli(), MILLIS_SCALE);
  }

  /** The moment to the nanosecond, what is finer cut off; empty for anything but a sane number. */
  static Optional<Instant> of(JsonNode claim) {
    if (!claim.isNumber()) {
      return Optional.empty();
    }
    BigDecimal seconds = claim.decimalValue();
    if (Math.abs(seconds.scale()) > MAX_SCALE
        || seconds.signum() < 0
        || seconds.compareTo(MAX_SECONDS) > 0) {
      return Optional.empty();
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
    long nanos = seconds.subtract(whole).multiply(NANOS).longValue();
    return Optional.of(Instant.ofEpochSecond(whole.longValue(), nanos));
  }
}
