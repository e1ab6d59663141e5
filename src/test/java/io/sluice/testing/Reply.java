package io.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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

  /** Of an answer that consists of lines the first, as if it had come alone; any other as it is. */
  public Reply first() {
    if (!contentType().equals("application/x-ndjson")) {
      return this;
    }
    JsonNode line = Json.parse(text().lines().findFirst().orElseThrow());
    Map<String, List<String>> own = new HashMap<>(headers);
    own.put("content-type", List.of("application/json"));
    if (line.has("retry_after")) {
      own.put("retry-after", List.of(line.get("retry_after").asText()));
    }
    byte[] bytes = line.get("body").toString().getBytes(StandardCharsets.UTF_8);
    return new Reply(line.get("status").intValue(), Map.copyOf(own), bytes);
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
