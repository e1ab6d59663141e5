package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Providers stay in their rooms. A class that knows one by name, if only in a text or in a comment,
 * is a place that the next provider would have to change too.
 */
class ProvidersTest {
  private static final Path MAIN = Path.of("src", "main", "java", "io", "sluice");

  /** The list of dialects, and what databases from before the first release are told by. */
  private static final Set<Path> KNOWING =
      Set.of(
          MAIN.resolve(Path.of("assembly", "Dialects.java")),
          MAIN.resolve(Path.of("store", "MigrationFiles.java")));

  @Test
  void areNamedNowhereElse() {
    // Given
    List<Path> files = Sources.all().stream().filter(file -> file.startsWith(MAIN)).toList();
    Set<String> providers =
        files.stream()
            .filter(file -> file.getParent().getParent().equals(MAIN.resolve("dialect")))
            .map(ProvidersTest::room)
            .collect(Collectors.toSet());
    Pattern named =
        // Scripts are no provider's.
        Pattern.compile(
            "\\b(?!scripts?\\b)(" + String.join("|", providers) + ")", Pattern.CASE_INSENSITIVE);

    // When
    List<Path> knowing =
        files.stream()
            .filter(file -> !KNOWING.contains(file) && !providers.contains(room(file)))
            .filter(file -> named.matcher(Sources.read(file)).find())
            .toList();

    // Then
    assertThat(providers).isNotEmpty();
    assertThat(knowing).isEmpty();
  }

  private static String room(Path file) {
    return file.getParent().getFileName().toString();
  }
}
