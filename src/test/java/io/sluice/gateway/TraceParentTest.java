package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @ParameterizedTest
  @ValueSource(strings = {"00-%s-%s-01", "00-%s-%s-00", "cc-%s-%s-01-what-the-future-brings"})
  void readsWhatTheW3cAllows(String form) {
    // When
    var trace = TraceParent.of(List.of(form.formatted(TRACE, PARENT)));

    // Then
    boolean sampled = !form.endsWith("-00");
    assertThat(trace).contains(new TraceParent(TRACE, PARENT, sampled));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01"
      })
  void takesNothingElseForATrace(String line) {
    assertThat(TraceParent.of(List.of(line))).isEmpty();
  }

  @Test
  void takesTwoForNone() {
    // Given
    String line = "00-" + TRACE + "-" + PARENT + "-01";

    // When / Then
    assertThat(TraceParent.of(List.of(line, line))).isEmpty();
  }
}
