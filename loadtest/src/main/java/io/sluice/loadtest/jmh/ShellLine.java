package io.sluice.loadtest.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The request that a line starting with {@code curl} would send. The shell itself says what the
 * arguments are: calls inside the line are made, the outer one is only printed.
 *
 * @param path without query
 * @param headers by name in lower case
 */
record ShellLine(String path, Map<String, String> headers, String body) {
  private static final String PRINTING_CURL =
      """
      curl() {
        case "$*" in
          *transfer*) printf '%s\\0' "$@" ;;
          *) command curl "$@" ;;
        esac
      }
      """;

  static ShellLine parse(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "-c", PRINTING_CURL + line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new IllegalStateException("the shell does not understand " + line);
    }
    return of(List.of(printed.split("\0")));
  }

  private static ShellLine of(List<String> arguments) {
    String path = "";
    String body = "";
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "-H" -> {
          String[] header = arguments.get(++i).split(": ", 2);
          headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        case "-d" -> body = arguments.get(++i);
        case "-X" -> i++;
        default -> {
          if (arguments.get(i).startsWith("http:")) {
            path = URI.create(arguments.get(i)).getPath();
          }
        }
      }
    }
    return new ShellLine(path, Map.copyOf(headers), body);
  }
}
