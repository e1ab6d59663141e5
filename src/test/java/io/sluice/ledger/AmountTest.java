package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts are exact up to 38 digits, and nothing passes them unnoticed. */
class AmountTest {
  private static final String NINES = "99999999999999999999999999999999999999";

  private static Amount amount(String text) {
    return new Amount(new BigInteger(text));
  }

  @Test
  void theLargestHasThirtyEightDigits() {
    assertThat(Amount.MAX).isEqualTo(amount(NINES)).hasToString(NINES);
    assertThat(NINES).hasSize(Amount.MAX_DIGITS);
    assertThat(Amount.MAX_LONG).hasToString("9223372036854775807");
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    NINES + ", true",
    "-" + NINES + ", true",
    "100000000000000000000000000000000000000, false",
    "-100000000000000000000000000000000000000, false",
    // 2^126 - 1 and its neighbours, where the number of bits stops being enough to tell.
    "85070591730234615865843651857942052863, true",
    "85070591730234615865843651857942052864, true",
    "-85070591730234615865843651857942052865, true",
    // 2^127, of 39 digits.
    "170141183460469231731687303715884105728, false",
    "-170141183460469231731687303715884105729, false"
  })
  void aNumberFitsUpToThirtyEightDigits(BigInteger units, boolean fits) {
    assertThat(Amount.fits(units)).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100000000000000000000000000000000000000",
        "-100000000000000000000000000000000000000"
      })
  void aNumberThatDoesNotFitIsNoAmount(String units) {
    assertThatThrownBy(() -> amount(units))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("an amount has at most 38 digits");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, -1",
    "-5, 5, 0, -10",
    "9223372036854775807, 1, 9223372036854775808, 9223372036854775806",
    "-9223372036854775808, 1, -9223372036854775807, -9223372036854775809",
    "99999999999999999999999999999999999998, 1, "
        + NINES
        + ", 99999999999999999999999999999999999997",
    NINES + ", 0, " + NINES + ", " + NINES
  })
  void addsAndSubtractsExactly(String one, String other, String sum, String difference) {
    assertThat(amount(one).plus(amount(other))).isEqualTo(amount(sum));
    assertThat(amount(one).minus(amount(other))).isEqualTo(amount(difference));
  }

  @Test
  void aResultThatLeavesTheRangeIsAnError() {
    Amount one = Amount.of(1);
    Amount least = Amount.MAX.negated();

    assertThatThrownBy(() -> Amount.MAX.plus(one)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> least.minus(one)).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-2, true, false, false, 2, 2",
    "0, false, true, false, 0, 0",
    "2, false, false, true, 2, -2",
    NINES + ", false, false, true, " + NINES + ", -" + NINES
  })
  void knowsItsSign(
      String units, boolean negative, boolean zero, boolean positive, String abs, String negated) {
    assertThat(amount(units).isNegative()).isEqualTo(negative);
    assertThat(amount(units).isZero()).isEqualTo(zero);
    assertThat(amount(units).isPositive()).isEqualTo(positive);
    assertThat(amount(units).abs()).isEqualTo(amount(abs));
    assertThat(amount(units).negated()).isEqualTo(amount(negated));
  }

  @ParameterizedTest
  @CsvSource({"1, 2, true, false, 1, 2", "2, 1, false, true, 1, 2", "-3, -3, false, false, -3, -3"})
  void knowsItsOrder(long one, long other, boolean less, boolean more, long min, long max) {
    assertThat(Amount.of(one).isLessThan(Amount.of(other))).isEqualTo(less);
    assertThat(Amount.of(one).isMoreThan(Amount.of(other))).isEqualTo(more);
    assertThat(Amount.of(one).min(Amount.of(other))).isEqualTo(Amount.of(min));
    assertThat(Amount.of(one).max(Amount.of(other))).isEqualTo(Amount.of(max));
    assertThat(Integer.signum(Amount.of(one).compareTo(Amount.of(other))))
        .isEqualTo(Long.compare(one, other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        NINES,
        "-" + NINES
      })
  void isWrittenAsItsDigits(String digits) {
    assertThat(amount(digits)).hasToString(digits);
  }

  @Property
  void whatIsAddedCanBeTakenAwayAgain(
      @ForAll @BigRange(min = "-" + NINES, max = NINES) BigInteger one,
      @ForAll @BigRange(min = "-" + NINES, max = NINES) BigInteger other) {
    BigInteger sum = one.add(other);

    if (Amount.fits(sum)) {
      Amount added = new Amount(one).plus(new Amount(other));
      assertThat(added.units()).isEqualTo(sum);
      assertThat(added.minus(new Amount(other))).isEqualTo(new Amount(one));
    } else {
      assertThatThrownBy(() -> new Amount(one).plus(new Amount(other)))
          .isInstanceOf(ArithmeticException.class);
    }
  }
}
