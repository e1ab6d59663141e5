package io.sluice.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compact token taken apart, strictly, and not yet verified. What two readers could see as two
 * tokens is refused: JSON with a member twice, bytes that are not UTF-8, base64url that is not
 * canonical.
 *
 * @param text the whole token
 * @param signatureBytes how many octets its signature has
 */
record TokenParts(String text, int signatureBytes, String algorithm, String kid, JsonNode claims) {
  static final int MAX_CHARS = 8192;

  private static final int MAX_NESTING = 8;
  private static final int MAX_NUMBER_CHARS = 100;

  /** They change what is signed, or how it is packed; none is needed (RFC 7515, 7516, 7797). */
  private static final List<String> REFUSED_HEADERS = List.of("crit", "b64", "zip");

  /**
   * What a token may say it is (RFC 8725, section 3.11; RFC 9068): one made for another purpose,
   * such as a log-out or a proof of possession, is none for access.
   */
  private static final Set<String> TYPES =
      Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
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
      JsonNode header = json(compact.group(1));
      JsonNode claims = json(compact.group(2));
      int signatureBytes = Base64Url.decode(compact.group(3)).length;
      return fits(header) && claims.isObject()
          ? Optional.of(
              new TokenParts(
                  text,
                  signatureBytes,
                  header.get("alg").textValue(),
                  header.get("kid").textValue(),
                  claims))
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

  private static boolean fits(JsonNode header) {
    return header.isObject()
        && header.path("alg").isTextual()
        && header.path("kid").isTextual()
        && REFUSED_HEADERS.stream().noneMatch(header::has)
        && (!header.has("typ") || TYPES.contains(lower(header.get("typ"))));
  }

  private static String lower(JsonNode type) {
    return type.isTextual() ? type.textValue().toLowerCase(Locale.ROOT) : "";
  }

  private static JsonNode json(String part) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Base64Url.decode(part));
    return JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
  }
}
