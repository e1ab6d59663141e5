package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckReceiptCommandTest {
  /** The only entry of its books: reckoned with {@code sha256sum}. */
  private static final String RECEIPT =
      """
      {"entry":"an entry\\n","position":0,
       "previous_hash":"0000000000000000000000000000000000000000000000000000000000000000",
       "entry_hash":"e01c4d12512f542d6351e60fd43c12e5109118fb7f217c9daed294cf8b13733f","path":[],"size":1,
       "root_hash":"96d77b8940b5ca4e9b50434a19f6e490a7d074501a9ef6a1bfa9afb8e9d6ee2f"}
      """;

  private final StringWriter written = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(written, true), new PrintWriter(written, true));

  @Test
  void saysThatAReceiptHolds() {
    // When
    int code = run(RECEIPT);

    // Then
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(written.toString()).startsWith("an entry\nThe receipt holds: this is entry 0");
  }

  @Test
  void saysSoToPrograms() {
    // When
    int code = run(RECEIPT, "--json");

    // Then
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(written.toString())
        .startsWith("{\"holds\":true,\"problem\":null,\"position\":0,\"size\":1,")
        .endsWith("}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an entry",
        "\"position\":0",
        "\"path\":[]",
        "e01c4d12512f542d6351e60fd43c12e5109118fb7f217c9daed294cf8b13733f",
        "96d77b8940b5ca4e9b50434a19f6e490a7d074501a9ef6a1bfa9afb8e9d6ee2f"
      })
  void saysThatAChangedOneDoesNot(String part) {
    // Given
    String changed =
        switch (part) {
          case "an entry" -> "an enemy";
          case "\"position\":0" -> "\"position\":1";
          case "\"path\":[]" ->
              "\"path\":[\"96d77b8940b5ca4e9b50434a19f6e490a7d074501a9ef6a1bfa9afb8e9d6ee2f\"]";
          default -> part.replace(part.charAt(0), part.charAt(0) == '0' ? '1' : '0');
        };

    // When
    int code = run(RECEIPT.replace(part, changed));

    // Then
    assertThat(code).isEqualTo(ExitCode.NOT_WHOLE);
    assertThat(written.toString()).startsWith("The receipt does NOT hold: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "{}", "{\"entry\":\"x\"}", "7"})
  void saysThatSomethingElseIsNone(String input) {
    // When
    int code = run(input);

    // Then
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(written.toString()).contains("neither a receipt nor a proof");
  }

  private int run(String input, String... options) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return SluiceCommand.run(
          console,
          Stream.concat(Stream.of("check-receipt"), Stream.of(options)).toArray(String[]::new));
    } finally {
      System.setIn(before);
    }
  }
}
