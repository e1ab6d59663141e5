package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final List<String> seen = new ArrayList<>();
  private final Shutdown shutdown = new Shutdown(() -> seen.add("halt"));

  @Test
  void aSignalUndoesTheLastFirstAndThenEndsTheProcess() {
    // Given
    shutdown.add("first", () -> seen.add("first"));
    shutdown.add("second", () -> seen.add("second"));
    shutdown.started();

    // When
    shutdown.onSignal();

    // Then
    assertThat(seen).containsExactly("second", "first", "halt");
  }

  @Test
  void aSignalDoesNotLetTheMainThreadCloseTheLogBeforeTheLastLine() {
    // Given
    shutdown.started();

    // When
    shutdown.onSignal();

    // Then
    assertThat(shutdown.isOver()).isFalse();
  }

  @Test
  void aStepThatFailsDoesNotKeepTheNextFromRunning() {
    // Given
    shutdown.add("next", () -> seen.add("next"));
    shutdown.add(
        "fails",
        () -> {
          throw new IllegalStateException("as the test wants it");
        });

    try (CapturedLog log = CapturedLog.of(Shutdown.class)) {
      // When
      shutdown.run();

      // Then
      assertThat(log.await("fails failed").getThrowableProxy()).isNotNull();
    }
    assertThat(seen).containsExactly("next");
    assertThat(shutdown.isOver()).isTrue();
  }

  @Test
  void aSignalAfterTheEndDoesNothing() {
    // Given
    shutdown.run();

    // When
    shutdown.onSignal();

    // Then
    assertThat(seen).isEmpty();
  }
}
