package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Dialect;
import io.sluice.testing.TestingGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectsTest {
  @Test
  void letsEachDialectNameItsKeysAfterItself() {
    // Given
    List<Dialect> dialects = TestingGateway.shared().assembly().dialects();

    for (int i = 0; i < dialects.size(); i++) {
      // When
      var keys = Dialects.ALL.get(i).sections().stream().flatMap(s -> s.keys().stream()).toList();

      // Then
      String prefix = dialects.get(i).name() + ".";
      assertThat(keys).allSatisfy(key -> assertThat(key.name()).startsWith(prefix));
    }
  }
}
