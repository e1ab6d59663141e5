package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static final String NINES = "9".repeat(38);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1e3",
        "1E3",
        "1e400",
        "NaN",
        "Infinity",
        ".5",
        "5.",
        ".",
        "1.2.3",
        "1,5",
        "1 ",
        " 1",
        "0x1",
        "1_000",
        "٣",
        "１",
        "1\u0000",
        "--1",
        "1d",
        "null"
      })
  void refusesWhatIsNoPlainDecimal(String text) {
    assertThat(Decimals.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "50, 50", "50.00, 50", "007.50, 7.5", "0.10, 0.1", "100, 100", "0.000, 0"})
  void readsAndNormalises(String text, String normal) {
    assertThat(Decimals.parse(text)).contains(new BigDecimal(normal));
  }

  @Test
  void takesThirtyEightDigitsAndNotOneMore() {
    assertThat(Decimals.parse(NINES)).isPresent();
    assertThat(Decimals.parse(NINES + ".00")).isPresent();
    assertThat(Decimals.parse("0." + NINES)).isPresent();
    assertThat(Decimals.parse("1" + "0".repeat(37))).isPresent();
    assertThat(Decimals.parse(NINES + "9")).isEmpty();
    assertThat(Decimals.parse(NINES + ".1")).isEmpty();
    assertThat(Decimals.parse("0." + "0".repeat(38) + "1")).isEmpty();
    assertThat(Decimals.parse("1" + "0".repeat(38))).isEmpty();
  }

  @Test
  void refusesTextsThatAreTooLongHoweverFewDigitsCount() {
    assertThat(Decimals.parse("0".repeat(99) + "1")).isPresent();
    assertThat(Decimals.parse("0".repeat(100) + "1")).isEmpty();
    assertThat(Decimals.parse("1".repeat(100_000))).isEmpty();
  }

  @Test
  void leavesTheRangeOfAmountsWithoutFailing() {
    BigDecimal nines = Decimals.parse(NINES).orElseThrow();

    assertThat(Decimals.amount(nines, 0)).contains(Amount.MAX);
    assertThat(Decimals.amount(nines, 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 2, 0.00", "5, 2, 0.05", "-5, 2, -0.05", "1, 18, 0.000000000000000001"})
  void padsToTheScale(long units, int scale, String text) {
    assertThat(Decimals.text(Amount.of(units), scale)).isEqualTo(text);
  }

  @Property
  void whatIsWrittenIsReadBack(
      @ForAll("units") BigInteger units, @ForAll @IntRange(max = 18) int scale) {
    Amount amount = new Amount(units);

    BigDecimal read = Decimals.parse(Decimals.text(amount, scale)).orElseThrow();

    assertThat(Decimals.amount(read, scale)).contains(amount);
    assertThat(Decimals.decimals(read)).isLessThanOrEqualTo(scale);
  }

  @Property
  void zerosAtTheEndMakeNoDifference(
      @ForAll @IntRange(max = 1_000_000) int whole,
      @ForAll @IntRange(max = 999) int thousandths,
      @ForAll @IntRange(max = 20) int zeros) {
    String text = whole + "." + String.format("%03d", thousandths);

    BigDecimal value = Decimals.parse(text + "0".repeat(zeros)).orElseThrow();

    assertThat(value).isEqualTo(Decimals.parse(text).orElseThrow());
    assertThat(value).isEqualByComparingTo(new BigDecimal(text));
  }

  @Property
  void neverFailsAndNeverTakesMoreThanDigitsAndAPoint(@ForAll String text) {
    assertThat(Decimals.parse(text).isEmpty() || text.matches("[0-9]+(\\.[0-9]+)?")).isTrue();
  }

  @Provide
  Arbitrary<BigInteger> units() {
    return Arbitraries.bigIntegers().between(BigInteger.ZERO, Amount.MAX.units());
  }
}
