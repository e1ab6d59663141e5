package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/** Reads values strictly; what to answer when there is none is each dialect's own affair. */
public final class Values {
  /** The most digits before or after the point that an integral or decimal value may have. */
  public static final int MAX_DIGITS = 100;

  private static final int UUID_CHARS = 36;

  private Values() {}

  /**
   * Whether a member is not there at all.
   *
   * @param node as {@link JsonNode#get(String)} gives it, null included
   */
  public static boolean isAbsent(JsonNode node) {
    return node == null || node.isMissingNode();
  }

  /** Whether a member is not there, or there as JSON null. */
  public static boolean isAbsentOrNull(JsonNode node) {
    return isAbsent(node) || node.isNull();
  }

  /**
   * The value of a JSON number written without fraction and exponent; empty for anything else, be
   * it {@code 1.0}, {@code "1"} or absent.
   */
  public static Optional<BigInteger> integer(JsonNode node) {
    return node != null && node.isIntegralNumber()
        ? Optional.of(node.bigIntegerValue())
        : Optional.empty();
  }

  /**
   * The value of a JSON number that is whole, however written ({@code 1000.0}, {@code 1e3}); empty
   * for anything else and for what has more than {@value #MAX_DIGITS} digits.
   */
  public static Optional<BigInteger> integral(JsonNode node) {
    if (node == null || !node.isBigDecimal()) {
      return integer(node);
    }
    BigDecimal value = node.decimalValue();
    boolean tooLong = value.precision() - (long) value.scale() > MAX_DIGITS;
    if (value.signum() == 0) {
      return Optional.of(BigInteger.ZERO);
    }
    // Refused before it is expanded: 1e1000000 would be a million digits.
    return tooLong || !isWhole(value) ? Optional.empty() : Optional.of(value.toBigIntegerExact());
  }

  /** Whether a number has no fraction, however large it is. */
  public static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** A UUID in its canonical form of 36 characters, hexadecimal digits in either case. */
  public static Optional<UUID> uuid(String text) {
    if (text == null || text.length() != UUID_CHARS) {
      return Optional.empty();
    }
    for (int i = 0; i < UUID_CHARS; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      if (dash ? c != '-' : !isHexadecimal(c)) {
        return Optional.empty();
      }
    }
    return Optional.of(UUID.fromString(text));
  }

  /** A UUID from a JSON string; empty for any other node. */
  public static Optional<UUID> uuid(JsonNode node) {
    return node == null ? Optional.empty() : uuid(node.textValue());
  }

  /**
   * A whole number from a query parameter: digits only, with an optional minus sign; empty for
   * anything else and for what has more than {@value #MAX_DIGITS} digits.
   */
  public static Optional<BigInteger> whole(String text) {
    boolean isWhole = text != null && text.matches("-?[0-9]{1," + MAX_DIGITS + "}");
    return isWhole ? Optional.of(new BigInteger(text)) : Optional.empty();
  }

  /** The same, but also empty for what does not fit an int. */
  public static Optional<Integer> parameter(String text) {
    return whole(text)
        .filter(value -> value.bitLength() < Integer.SIZE)
        .map(BigInteger::intValueExact);
  }

  private static boolean isHexadecimal(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
