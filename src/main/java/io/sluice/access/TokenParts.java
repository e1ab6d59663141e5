package io.sluice.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compact token taken apart, strictly, and not yet verified. JSON with a member twice is refused:
 * two readers could see two tokens.
 */
record TokenParts(String text, String algorithm, String kid, JsonNode claims) {
  static final int MAX_CHARS = 8192;

  private static final int MAX_NESTING = 8;

  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Empty when the text is no signed compact token with a key id. */
  static Optional<TokenParts> parse(String text) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    Matcher compact = COMPACT.matcher(text);
    if (!compact.matches()) {
      return Optional.empty();
    }
    try {
      JsonNode header = decode(compact.group(1));
      JsonNode claims = decode(compact.group(2));
      boolean fits =
          header.isObject()
              && claims.isObject()
              && header.path("alg").isTextual()
              && header.path("kid").isTextual()
              && !header.has("crit");
      return fits
          ? Optional.of(
              new TokenParts(
                  text, header.get("alg").textValue(), header.get("kid").textValue(), claims))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "TokenParts[algorithm=" + algorithm + ", kid=" + kid + "]";
  }

  private static JsonNode decode(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }
}
