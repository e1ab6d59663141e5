package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.Amount;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowsTest extends PgStoreTest {
  @Test
  void keepsEveryDigitOfAnAmount() {
    // Given
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<Amount> amounts =
        Stream.concat(
                Stream.of(Amount.ZERO, Amount.MAX, Amount.MAX.negated(), Amount.MAX_LONG),
                Stream.generate(() -> new Amount(new BigInteger(random.nextInt(127), random))))
            .limit(500)
            .flatMap(amount -> Stream.of(amount, amount.negated()))
            .toList();
    Numeric[] sent = amounts.stream().map(Rows::numeric).toArray(Numeric[]::new);

    // When
    Row row =
        await(
                pool.preparedQuery("SELECT $1::numeric(38,0)[] AS n, $1::numeric(38,0)[]::text[] t")
                    .execute(Tuple.of(sent)))
            .iterator()
            .next();

    // Then
    assertThat(Arrays.stream(row.getArrayOfNumerics("n")).map(Rows::amount))
        .as("seed %d", seed)
        .containsExactlyElementsOf(amounts);
    assertThat(row.getArrayOfStrings("t"))
        .containsExactlyElementsOf(amounts.stream().map(Amount::toString).toList());
  }

  @Test
  void refusesAnInexactAmount() {
    // When
    Numeric fraction = Numeric.parse("1.5");

    // Then
    assertThatThrownBy(() -> Rows.amount(fraction)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void keepsTimesToTheMicrosecond() {
    // Given
    Instant fine = Instant.parse("2026-02-28T23:59:59.123456789Z");

    // When
    Row row =
        await(pool.preparedQuery("SELECT $1::timestamptz AS t").execute(Tuple.of(Rows.time(fine))))
            .iterator()
            .next();

    // Then
    assertThat(Rows.instant(row, "t")).isEqualTo(Instant.parse("2026-02-28T23:59:59.123456Z"));
  }

  @Test
  void knowsWhatCanBeStored() {
    // When
    List<String> storable =
        Stream.of("", "a", "\u20ac", "\uD83D\uDE00", "\0", "a\uD800", "\uDE00\uD83D")
            .filter(Rows::isStorable)
            .toList();

    // Then
    assertThat(storable).containsExactly("", "a", "\u20ac", "\uD83D\uDE00");
  }
}
