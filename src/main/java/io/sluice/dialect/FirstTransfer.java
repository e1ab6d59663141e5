package io.sluice.dialect;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A call that moves value each time it is made, and who makes it. Both maps are in the order of
 * their names.
 *
 * @param signIn what fetches further tokens, by name; empty where no token is fetched
 * @param headers those of the call that say who calls, and what else every call of the API needs
 * @param curl one line for a shell, which begins with {@code curl }
 */
public record FirstTransfer(Map<String, String> signIn, Map<String, String> headers, String curl) {
  /** What stands for the headers in a line that they are to be filled into. */
  public static final String HEADERS = "{{headers}}";

  /** Fills the headers in where the line wants them. */
  public FirstTransfer {
    signIn = Collections.unmodifiableMap(new TreeMap<>(signIn));
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    curl = curl.replace(HEADERS, options(headers));
  }

  private static String options(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> "-H '%s: %s'".formatted(header.getKey(), header.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** For a shell: what fetches tokens in a comment, then the call. */
  public String text() {
    String comment =
        signIn.entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", "));
    return comment.isEmpty() ? curl : "# " + comment + "\n" + curl;
  }

  @Override
  public String toString() {
    return "FirstTransfer[signIn=" + signIn.keySet() + ", headers=" + headers.keySet() + "]";
  }
}
