package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {
  @ParameterizedTest
  @CsvSource({
    "RECEIVING,HANDLING",
    "RECEIVING,ANSWERED",
    "RECEIVING,OVER",
    "HANDLING,ANSWERED",
    "HANDLING,OVER",
    "ANSWERED,OVER"
  })
  void goesForward(Phase from, Phase to) {
    // When
    Phase reached = from.then(to);

    // Then
    assertThat(reached).isEqualTo(to);
    assertThatThrownBy(() -> to.then(from))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an exchange does not go from " + to + " to " + from);
    assertThatThrownBy(() -> to.then(to)).isInstanceOf(IllegalStateException.class);
  }
}
