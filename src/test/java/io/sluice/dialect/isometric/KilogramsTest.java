package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KilogramsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.001",
    "10, 0.01",
    "999, 0.999",
    "1000, 1",
    "125632, 125.632",
    "1000000000, 1000000",
    "9223372036854775807, 9223372036854775.807",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999.999"
  })
  void writesCreditsExactly(BigInteger kilograms, String credits) {
    String json = Kilograms.write(JsonWriter.object(), "size", kilograms).toText();

    assertThat(json)
        .isEqualTo("{\"size\":{\"credits\":" + credits + ",\"credit_kgs\":" + kilograms + "}}");
  }

  @Test
  void neverLosesAKilogram() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      var kilograms = new BigInteger(random.nextInt(1, 120), random);

      BigDecimal credits = Kilograms.credits(kilograms);

      assertThat(credits.movePointRight(3).toBigIntegerExact())
          .as("seed %d", seed)
          .isEqualTo(kilograms);
      assertThat(credits.scale()).as("seed %d", seed).isBetween(0, 3);
    }
  }
}
