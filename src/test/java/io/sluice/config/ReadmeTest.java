package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assembly.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says that the code says too. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern COMMAND_BLOCK =
      Pattern.compile(
          "^## (.+)$(?:(?!^## )[\\s\\S])*?^```sh\\n([\\s\\S]*?)^```$", Pattern.MULTILINE);

  @Test
  void listsEveryKeyWithItsDefaultAndMeaning() throws IOException {
    // Given
    List<String> expected =
        Dialects.configReader(Dialects.ALL).keys().stream().map(ReadmeTest::row).toList();

    // When
    List<String> rows =
        Files.readAllLines(README).stream()
            .dropWhile(line -> !line.equals("## Configuration"))
            .takeWhile(line -> !line.equals("## Guarantees"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    // Then
    assertThat(rows).containsExactlyElementsOf(expected);
  }

  @Test
  void startsAndTestsWithOneCommandEach() throws IOException {
    // When
    List<MatchResult> blocks = COMMAND_BLOCK.matcher(Files.readString(README)).results().toList();

    // Then
    assertThat(blocks)
        .extracting(block -> block.group(1) + ": " + block.group(2))
        .contains("Quick start: mvn -q compile exec:exec\n", "Tests: mvn verify\n");
  }

  private static String row(Key<?> key) {
    String value = key.defaultText().isEmpty() ? "not set" : "`" + key.defaultText() + "`";
    return "| `" + key.name() + "` | " + value + " | " + key.description() + " |";
  }
}
