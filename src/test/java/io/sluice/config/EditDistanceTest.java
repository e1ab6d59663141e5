package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "port, port, 0",
    "port, Port, 0",
    "prot, port, 2",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void countsEdits(String one, String other, int distance) {
    // When / Then
    assertThat(EditDistance.between(one, other)).isEqualTo(distance);
  }

  @Property(tries = 200)
  void isADistance(
      @ForAll @AlphaChars @StringLength(max = 12) String one,
      @ForAll @AlphaChars @StringLength(max = 12) String other) {
    // When
    int distance = EditDistance.between(one, other);

    // Then
    assertThat(distance).isEqualTo(EditDistance.between(other, one));
    assertThat(distance == 0).isEqualTo(one.equalsIgnoreCase(other));
    assertThat(distance).isLessThanOrEqualTo(Math.max(one.length(), other.length()));
  }
}
