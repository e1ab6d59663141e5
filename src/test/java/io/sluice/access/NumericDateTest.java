package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1700000000, 2023-11-14T22:13:20Z",
    "1700000000.5, 2023-11-14T22:13:20.5Z",
    "1700000000.123456789987, 2023-11-14T22:13:20.123456789Z",
    "1.7e9, 2023-11-14T22:13:20Z",
    "253402300799, 9999-12-31T23:59:59Z"
  })
  void readsWholeAndBrokenSeconds(String number, String expected) {
    // When
    Optional<Instant> read = read(number);

    // Then
    assertThat(read).contains(Instant.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0.5",
        "253402300799.1",
        "253402300800",
        "1e300",
        "1e-1000000000",
        "1e1000000000",
        "10e2147483648",
        "100e2147483647",
        "1e-2147483647",
        "99999999999999999999",
        "\"1700000000\"",
        "\"\"",
        "null",
        "true",
        "[]",
        "[1700000000]",
        "{}"
      })
  void readsNothingElse(String claim) {
    // When
    Optional<Instant> read = read(claim);

    // Then
    assertThat(read).isEmpty();
  }

  private static Optional<Instant> read(String claim) {
    try {
      return NumericDate.of(JSON.readTree(claim));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
