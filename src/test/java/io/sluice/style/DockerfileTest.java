package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image is built from what it names and nothing else, and does not run as root. */
class DockerfileTest {
  private static final String BY_DIGEST = "[a-z/-]+:[\\w.-]+@sha256:[0-9a-f]{64}";

  private static List<String> arguments(String instruction) throws IOException {
    return Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  @Test
  void namesEveryImageThatIsNoStageOfItsOwnByDigest() throws IOException {
    // Given
    List<String> stages = new ArrayList<>();
    List<String> strangers = new ArrayList<>();

    // When
    for (String from : arguments("FROM")) {
      String[] words = from.split(" ");
      if (!stages.contains(words[0])) {
        strangers.add(words[0]);
      }
      if (words.length == 3) {
        stages.add(words[2]);
      }
    }

    // Then
    assertThat(strangers).isNotEmpty().allMatch(image -> image.matches(BY_DIGEST));
    assertThat(strangers).doesNotHaveDuplicates();
  }

  @Test
  void runsAsAUserThatIsNamedByNumber() throws IOException {
    // When
    List<String> users = arguments("USER");

    // Then
    assertThat(users).isNotEmpty().allMatch(user -> user.matches("[1-9]\\d*"));
  }
}
