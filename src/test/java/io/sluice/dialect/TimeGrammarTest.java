package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeGrammarTest {
  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00Z,2024-01-01T00:00:00Z",
    "2024-01-01t00:00:00z,2024-01-01T00:00:00Z",
    "2024-02-29T23:59:59.9999999-05:30,2024-03-01T05:29:59.999999Z",
    "2024-01-01T00:00:00.1+19:00,2023-12-31T05:00:00.100Z",
    "2024-01-01T00:00:00+23:59,2023-12-31T00:01:00Z",
    "2024-01-01T00:00:00-00:00,2024-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z,9999-12-31T23:59:59.999999Z"
  })
  void readsRfc3339(String text, Instant moment) {
    assertThat(TimeGrammar.RFC_3339.read(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00Z",
        "2024-01-01T00:00:00+01",
        "2024-01-01T00:00:00+0100",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00,5Z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+01:60",
        "2024-01-01T24:00:00Z",
        "2024-06-30T23:59:60Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "24-01-01T00:00:00Z",
        "+2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00Z ",
        "٢٠٢٤-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59.9999999-05:00",
        "+10000-01-01T00:00:00Z"
      })
  void readsNothingElseAsRfc3339(String text) {
    assertThat(TimeGrammar.RFC_3339.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00Z,2024-01-01T00:00:00Z",
    "2024-01-01 00:00:00.5+0000,2024-01-01T00:00:00.500Z",
    "2024-01-01_00:00+01:00,2023-12-31T23:00:00Z",
    "2024-01-01t00:00z,2024-01-01T00:00:00Z"
  })
  void readsWhatTheFrameworkReads(String text, Instant moment) {
    assertThat(TimeGrammar.FRAMEWORK.read(text)).contains(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00,true",
    "2024-01-01 00:00,true",
    "2024-01-01T00:00:00.5,true",
    "2024-01-01,false",
    "2024-01-01T25:00:00,false",
    "2024-01-01T00:00:00+01,false",
    "2024-01-01T00:00:00Z,false",
    "9999-12-31T23:59:59-05:00,false",
    "x,false"
  })
  void tellsWhatLacksOnlyAZone(String text, boolean lacking) {
    assertThat(TimeGrammar.FRAMEWORK.lacksZone(text)).isEqualTo(lacking);
  }

  @Test
  void readsNothingWithoutEnd() {
    assertThat(TimeGrammar.RFC_3339.read("2024-01-01T00:00:00." + "0".repeat(10_000) + "Z"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00 01:00,2024-01-01T00:00:00+01:00",
    "2024-01-01 00:00:00.5 0100,2024-01-01 00:00:00.5+0100",
    "2024-01-01 00:00,2024-01-01 00:00",
    "2024-01-01T00:00:00Z,2024-01-01T00:00:00Z"
  })
  void findsThePlusSignThatAQueryLost(String parameter, String meant) {
    assertThat(TimeGrammar.meant(parameter)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00.000000+0000,2024-01-01T00:00:00.000000+00:00",
    "2024-01-01T00:00:00.000000 0000,2024-01-01T00:00:00.000000+00:00",
    "2024-01-01T00:00:00-0530,2024-01-01T00:00:00-05:30",
    "2024-01-01T00:00Z,2024-01-01T00:00:00Z",
    "2024-01-01T00:00+01:00,2024-01-01T00:00:00+01:00",
    "2024-01-01T00:00,2024-01-01T00:00",
    "2024-01-01T00:00+1,2024-01-01T00:00+1"
  })
  void understandsWhatGeneratedClientsLeaveOut(String parameter, String meant) {
    assertThat(TimeGrammar.meant(parameter)).isEqualTo(meant);
  }
}
