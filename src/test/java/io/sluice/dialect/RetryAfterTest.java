package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({"PT0S, 1", "PT0.000000001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT89.5S, 90"})
  void roundsUpToWholeSecondsOfWhichThereIsAtLeastOne(Duration wait, String seconds) {
    assertThat(RetryAfter.seconds(wait)).isEqualTo(seconds);
  }

  @Test
  void isAddedToAnAnswer() {
    Answer answer = Answer.json(503, Buffer.buffer("{}")).with("X-A", "b");

    Answer later = RetryAfter.on(answer, Duration.ofMillis(1_500));

    assertThat(later.headers()).containsEntry("Retry-After", "2").containsEntry("X-A", "b");
    assertThat(later.status()).isEqualTo(503);
  }
}
