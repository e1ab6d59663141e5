package io.sluice.ledger;

import java.math.BigInteger;
import java.util.Objects;

/**
 * A whole number of an asset's smallest unit, of either sign, at most {@value #MAX_DIGITS} digits.
 *
 * @param units never null
 */
public record Amount(BigInteger units) implements Comparable<Amount> {
  /** The most digits an amount may have, which is also the precision of the database's columns. */
  public static final int MAX_DIGITS = 38;

  private static final BigInteger BOUND = BigInteger.TEN.pow(MAX_DIGITS);

  public static final Amount ZERO = new Amount(BigInteger.ZERO);

  /** The largest amount there is: {@value #MAX_DIGITS} nines. */
  public static final Amount MAX = new Amount(BOUND.subtract(BigInteger.ONE));

  /** The largest amount of the dialects whose wire format is a signed 64-bit integer. */
  public static final Amount MAX_LONG = of(Long.MAX_VALUE);

  public Amount {
    Objects.requireNonNull(units);
    if (!fits(units)) {
      throw new ArithmeticException("an amount has at most " + MAX_DIGITS + " digits");
    }
  }

  public static Amount of(long units) {
    return new Amount(BigInteger.valueOf(units));
  }

  /** Whether a number is within the range of amounts. */
  public static boolean fits(BigInteger units) {
    // 126 bits are fewer than 38 digits, which spares nearly every amount the comparison.
    return units.bitLength() <= 126 || units.abs().compareTo(BOUND) < 0;
  }

  /**
   * The sum.
   *
   * @throws ArithmeticException when it leaves the range of amounts
   */
  public Amount plus(Amount other) {
    return new Amount(units.add(other.units));
  }

  /**
   * The difference.
   *
   * @throws ArithmeticException when it leaves the range of amounts
   */
  public Amount minus(Amount other) {
    return new Amount(units.subtract(other.units));
  }

  public Amount negated() {
    return new Amount(units.negate());
  }

  public Amount abs() {
    return units.signum() < 0 ? negated() : this;
  }

  public Amount min(Amount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Amount max(Amount other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isZero() {
    return units.signum() == 0;
  }

  public boolean isPositive() {
    return units.signum() > 0;
  }

  public boolean isNegative() {
    return units.signum() < 0;
  }

  public boolean isMoreThan(Amount other) {
    return compareTo(other) > 0;
  }

  public boolean isLessThan(Amount other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Amount other) {
    return units.compareTo(other.units);
  }

  /** The plain decimal digits, with a minus sign where negative. */
  @Override
  public String toString() {
    // Most amounts fit into a long, which is printed without arithmetic on big integers.
    return units.bitLength() < Long.SIZE ? Long.toString(units.longValue()) : units.toString();
  }
}
