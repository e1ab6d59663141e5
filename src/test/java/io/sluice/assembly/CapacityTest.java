package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.PasswordCost;
import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final long MIB = 1_048_576;

  /** Of the heap that Java is given, one part is never in use. */
  private static final long USABLE_SHIPPED_HEAP = 308 * MIB;

  @Test
  void shipsDefaultsThatFitTheShippedHeap() throws IOException {
    // Given
    List<String> flags = Files.readAllLines(Path.of("conf", "jvm.options"));

    // When
    List<String> problems =
        new Capacity(USABLE_SHIPPED_HEAP, USABLE_SHIPPED_HEAP, 10_240).problems(config(Map.of()));

    // Then
    assertThat(problems).isEmpty();
    assertThat(flags).contains("-Xmx320m", "-XX:+ExitOnOutOfMemoryError");
  }

  /** The library keeps one lot of memory for good and copies it for each hash. */
  @Test
  void leavesToPasswordsAThirdOfWhatTheProgramTakes() {
    // Given
    PasswordCost cost = PasswordCost.DEFAULT;

    // When
    long bytes = (cost.maxConcurrent() + 1) * cost.memoryKib() * 1_024L;

    // Then
    assertThat(bytes).isLessThanOrEqualTo(Capacity.HEAP_OF_PROGRAM_BYTES / 3);
  }

  @Test
  void saysWhatDoesNotFitAndWhatWould() {
    // Given
    var small = new Capacity(100 * MIB, 50 * MIB, 100);

    // When
    List<String> problems = small.problems(config(Map.of()));

    // Then
    assertThat(problems)
        .hasSize(3)
        .satisfiesExactly(
            heap -> assertThat(heap).contains("there are 100", "-Xmx302m"),
            direct -> assertThat(direct).contains("there are 50", "MaxDirectMemorySize=143m"),
            files -> assertThat(files).contains("5232 open files", "may have 100"));
  }

  @Test
  void reckonsWithWhatTlsTakes() {
    // Given
    var shipped = new Capacity(USABLE_SHIPPED_HEAP, USABLE_SHIPPED_HEAP, 10_240);
    Map<String, String> tls = Map.of("http.tls.certificateFile", "c", "http.tls.keyFile", "k");
    Map<String, String> fewer = new HashMap<>(tls);
    fewer.put("http.maxConnections", "3000");

    // When / Then
    assertThat(shipped.problems(config(tls))).singleElement().asString().contains("of heap");
    assertThat(shipped.problems(config(fewer))).isEmpty();
  }

  @Test
  void startsNothingThatCouldRunOutOfMemory() {
    // Given
    var config = config(Map.of("http.maxConnections", "1000000"));

    // When / Then
    assertThatThrownBy(() -> new Capacity(1_024 * MIB, 1_024 * MIB, 2_000_000).require(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("of heap");
  }

  private static SluiceConfig config(Map<String, String> settings) {
    return Dialects.configReader(Dialects.ALL).read(Optional.empty(), Map.of(), settings);
  }
}
