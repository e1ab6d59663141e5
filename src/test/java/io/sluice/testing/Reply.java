package io.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param headers by lower-case name
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
  /** The first header of that name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
  }

  /** The media type without parameters; empty when absent. */
  public String contentType() {
    return header("content-type").map(type -> type.split(";")[0].trim()).orElse("");
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as strict JSON. */
  public JsonNode json() {
    return Json.parse(text());
  }

  @Override
  public String toString() {
    return status + " " + headers + "\n" + text();
  }
}
