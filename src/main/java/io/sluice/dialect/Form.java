package io.sluice.dialect;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code application/x-www-form-urlencoded} bodies. */
public final class Form {
  public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  /** The most fields of a form. */
  public static final int MAX_FIELDS = 100;

  private Form() {}

  /**
   * The fields of a form.
   *
   * @return empty when it is not percent-encoded text, a field is repeated, or there are too many
   */
  public static Optional<Map<String, String>> parse(Buffer body) {
    try {
      Map<String, List<String>> pairs =
          PercentEncoding.pairs(body.toString(StandardCharsets.ISO_8859_1));
      Map<String, String> fields = new LinkedHashMap<>();
      pairs.forEach((name, values) -> fields.put(name, values.getFirst()));
      boolean repeated = pairs.values().stream().anyMatch(values -> values.size() > 1);
      return repeated || fields.size() > MAX_FIELDS ? Optional.empty() : Optional.of(fields);
    } catch (PercentEncoding.Unreadable e) {
      return Optional.empty();
    }
  }
}
