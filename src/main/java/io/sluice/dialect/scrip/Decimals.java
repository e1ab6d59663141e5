package io.sluice.dialect.scrip;

import io.sluice.ledger.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Scrip's decimal strings: {@code digits} or {@code digits.digits}, and nothing else. */
final class Decimals {
  /** The most digits that count: neither leading zeros nor zeros at the end of the decimals. */
  static final int MAX_DIGITS = Amount.MAX_DIGITS;

  /** The most characters, zeros that do not count included. */
  static final int MAX_CHARS = 100;

  private Decimals() {}

  /**
   * Reads a decimal string.
   *
   * @return zero or more, without zeros at the end of the decimals and never of negative scale, so
   *     that {@code "50"} and {@code "50.00"} are equal; empty for a sign, an exponent, a blank, a
   *     missing digit on either side of the point, digits of other scripts, or too many of them
   */
  static Optional<BigDecimal> parse(String text) {
    if (text.length() > MAX_CHARS || !isDigitsWithPoint(text)) {
      return Optional.empty();
    }
    BigDecimal value = normal(new BigDecimal(text));
    boolean fits = Math.max(value.precision(), value.scale()) <= MAX_DIGITS;
    return fits ? Optional.of(value) : Optional.empty();
  }

  /** Whether a value needs more decimals than a scale has. */
  static boolean isFiner(BigDecimal value, int scale) {
    return value.scale() > scale && decimals(value) > scale;
  }

  /** How many decimals a value needs. */
  static int decimals(BigDecimal value) {
    return normal(value).scale();
  }

  /**
   * The amount that a value is at a scale.
   *
   * @return empty when that has more than {@value #MAX_DIGITS} digits
   * @throws ArithmeticException when the value has more decimals than the scale
   */
  static Optional<Amount> amount(BigDecimal value, int scale) {
    BigInteger units = value.setScale(scale).unscaledValue();
    return Amount.fits(units) ? Optional.of(new Amount(units)) : Optional.empty();
  }

  /** An amount as the API writes it: with exactly as many decimals as the asset's scale. */
  static String text(Amount amount, int scale) {
    return new BigDecimal(amount.units(), scale).toPlainString();
  }

  private static BigDecimal normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static boolean isDigitsWithPoint(String text) {
    int point = text.indexOf('.');
    return point < 0
        ? isDigits(text, 0, text.length())
        : isDigits(text, 0, point) && isDigits(text, point + 1, text.length());
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }
}
