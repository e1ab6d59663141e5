package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.assembly.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RehearseCommandTest {
  @Test
  void makesTransfersInEveryDialectAndLeavesNothingBehind() throws IOException {
    // Given
    List<Path> before = leftovers();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    // When
    int code =
        SluiceCommand.run(new Console(new PrintWriter(out), new PrintWriter(err)), "rehearse");

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .as("each dialect, after each of two starts")
        .hasSize(8)
        .allMatch(line -> line.startsWith("300 transfers in the dialect "))
        .anyMatch(line -> line.endsWith("isometric"))
        .anyMatch(line -> line.endsWith("orum"))
        .anyMatch(line -> line.endsWith("scrip"))
        .anyMatch(line -> line.endsWith("corebanq"));
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  void rehearsesNothingWhenTheDemoIsNotThere() {
    // When / Then
    assertThatThrownBy(() -> Rehearsal.of("# not set up: no room"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("not set up: no room");
  }

  private static List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.toString().contains(RehearseCommand.DIRECTORY))
          .sorted()
          .toList();
    }
  }
}
