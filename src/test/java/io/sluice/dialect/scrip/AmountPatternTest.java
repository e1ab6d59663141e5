package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document's pattern for amounts, held against what is read. */
class AmountPatternTest {
  private static final int TRIES = 20_000;
  private static final Pattern PATTERN =
      Pattern.compile(
          OpenApiDocument.of("scrip").at("/components/schemas/Amount/pattern").stringValue());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.00",
        "00",
        ".5",
        "5.",
        "-1",
        "+1",
        "1e3",
        "1",
        "0.1",
        "007",
        "50.00",
        "99999999999999999999999999999999999999",
        "999999999999999999999999999999999999999",
        "00999999999999999999999999999999999999990",
        "9999999999999999999.9999999999999999999",
        "9999999999999999999.99999999999999999990000000000",
        "99999999999999999999.9999999999999999999",
        "0.00000000000000000000000000000000000001",
        "0.000000000000000000000000000000000000001"
      })
  void takesWhatIsRead(String text) {
    assertThat(PATTERN.matcher(text).find()).isEqualTo(isRead(text));
  }

  @Test
  void takesWhatIsReadOfRandomTexts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < TRIES; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(60);
      for (int j = 0; j < length; j++) {
        text.append("00000123456789.".charAt(random.nextInt(random.nextInt(9) == 0 ? 15 : 14)));
      }
      assertThat(PATTERN.matcher(text).find())
          .as("seed " + seed + " " + text)
          .isEqualTo(isRead(text.toString()));
    }
  }

  private static boolean isRead(String text) {
    return Decimals.parse(text).filter(value -> value.signum() > 0).isPresent();
  }
}
