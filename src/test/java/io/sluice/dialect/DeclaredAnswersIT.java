package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.SeenAnswers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents say may be answered, and no more, is what all tests together were answered;
 * that nothing else was is held by each test.
 */
class DeclaredAnswersIT {
  @ParameterizedTest
  @ValueSource(strings = {"isometric", "orum", "scrip", "corebanq", "management"})
  void everyDeclaredStatusAndHeaderWasGot(String document) {
    // Given
    Set<String> seen = SeenAnswers.read();

    // When
    List<String> declared = OpenApiDocument.of(document).declaredAnswers();

    // Then
    assertThat(declared)
        .isNotEmpty()
        .filteredOn(answer -> !seen.contains(document + " " + answer))
        .isEmpty();
  }
}
