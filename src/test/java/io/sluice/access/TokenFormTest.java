package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a token, all of them signed by the right key, that are refused or not. */
@ExtendWith(VertxExtension.class)
class TokenFormTest {
  private static final KeyPair PAIR = Forger.p256();
  private static final TokenKey KEY = new TokenKey("k", PAIR.getPublic());
  private static final JsonObject CLAIMS = new JsonObject().put("sub", "x");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static Vertx vertx;

  @BeforeAll
  static void open(Vertx vertx) {
    TokenFormTest.vertx = vertx;
  }

  @Test
  void takesAnOrdinaryToken() {
    // Given the control for what is refused below
    String token = token(header());

    // When
    boolean taken = taken(token);

    // Then
    assertThat(taken).isTrue();
    assertThat(taken(token(without("typ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
  void takesTheTypesOfTokensForAccess(String type) {
    // When
    boolean taken = taken(token(header().put("typ", type)));

    // Then
    assertThat(taken).isTrue();
  }

  static Stream<JsonObject> strangeHeaders() {
    return Stream.of(
        header().put("typ", "dpop+jwt"),
        header().put("typ", "logout+jwt"),
        header().put("typ", "secevent+jwt"),
        header().put("typ", "JWE"),
        header().put("typ", ""),
        header().put("typ", 1),
        header().putNull("typ"),
        header().put("typ", List.of("JWT")),
        header().put("b64", false),
        header().put("b64", true),
        header().putNull("b64"),
        header().put("zip", "DEF"),
        header().putNull("zip"),
        header().put("crit", List.of("b64")).put("b64", false),
        header().put("crit", List.of()),
        header().put("crit", List.of("exp")),
        header().putNull("crit"),
        header().put("alg", List.of("ES256")),
        header().put("kid", 1),
        without("alg"),
        without("kid"));
  }

  @ParameterizedTest
  @MethodSource("strangeHeaders")
  void refusesHeadersThatAskForSomethingElse(JsonObject header) {
    // When
    boolean taken = taken(token(header));

    // Then
    assertThat(taken).isFalse();
  }

  @Test
  void refusesSignaturesOfAnyOtherLengthThanSixtyFourOctets() {
    // Given the two numbers of a good signature, written with fewer or more octets
    String token = token(header());
    byte[] good = signature(token);
    byte[] first = Arrays.copyOfRange(good, 0, 32);
    byte[] second = Arrays.copyOfRange(good, 32, 64);
    List<byte[]> others =
        List.of(
            concat(new byte[1], first, new byte[1], second),
            concat(new byte[16], first, new byte[16], second),
            concat(good, new byte[1]),
            concat(good, new byte[2]),
            concat(new byte[2], good),
            Arrays.copyOf(good, 63),
            Arrays.copyOf(good, 62),
            Arrays.copyOfRange(good, 1, 64),
            concat(new byte[] {0x30, 0x44, 0x02, 0x20}, first, new byte[] {0x02, 0x20}, second),
            new byte[1]);

    for (byte[] other : others) {
      // When
      boolean taken = taken(withSignature(token, encode(other)));

      // Then
      assertThat(taken).as(other.length + " octets").isFalse();
    }
    assertThat(taken(withSignature(token, encode(good)))).isTrue();
  }

  @Test
  void refusesRsaSignaturesThatAreNotAsLongAsTheKey() {
    // Given a signature that ends with a zero, as one in 256 does
    KeyPair rsa = Forger.rsa(2048);
    TokenKey key = new TokenKey("k", rsa.getPublic());
    String token =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> new JsonObject().put("sub", "x" + i))
            .map(claims -> Forger.rs256(Forger.header("RS256", "k"), claims, rsa.getPrivate()))
            .filter(candidate -> signature(candidate)[255] == 0)
            .findFirst()
            .orElseThrow();
    byte[] good = signature(token);

    // When
    boolean shorter = taken(withSignature(token, encode(Arrays.copyOf(good, 255))), key);
    boolean longer = taken(withSignature(token, encode(Arrays.copyOf(good, 257))), key);

    // Then
    assertThat(taken(token, key)).isTrue();
    assertThat(shorter).isFalse();
    assertThat(longer).isFalse();
  }

  @Test
  void refusesSignaturesOfZeros() {
    // Given
    String token = withSignature(token(header()), encode(new byte[64]));

    // When
    boolean taken = taken(token);

    // Then
    assertThat(taken).isFalse();
  }

  @Test
  void refusesOtherTextsForTheSameBytes() {
    // Given a token with one bit more in each place where the last letter has room for it
    String token = token(header());
    String[] parts = token.split("\\.");
    String signature = parts[2];

    // When
    String other = signature.substring(0, 85) + next(signature.charAt(85));

    // Then
    assertThat(Base64.getUrlDecoder().decode(other))
        .isEqualTo(Base64.getUrlDecoder().decode(signature));
    assertThat(taken(withSignature(token, other))).isFalse();
    assertThat(taken(token + "=")).isFalse();
    assertThat(taken(token + "==")).isFalse();
    assertThat(taken(parts[0] + "=." + parts[1] + "." + parts[2])).isFalse();
    assertThat(taken(withSignature(token, signature.replaceFirst(".$", "")))).isFalse();
  }

  @Test
  void refusesHeadersAndClaimsWithSpareBitsAlthoughTheyAreSigned() {
    // Given bytes that stand for one text, in the form that Java's own reader takes too
    String header = Forger.base64(header().put("x", pad(header())).encode());
    String claims = Forger.base64("{\"sub\":\"xyz\"}");
    assertThat(claims.length() % 4).isNotZero();
    String other =
        claims.substring(0, claims.length() - 1) + next(claims.charAt(claims.length() - 1));

    // When
    boolean taken = taken(Forger.es256(header + "." + other, PAIR.getPrivate()));

    // Then
    assertThat(taken(Forger.es256(header + "." + claims, PAIR.getPrivate()))).isTrue();
    assertThat(taken).isFalse();
  }

  @Test
  void refusesJsonThatIsNotUtf8() {
    // Given
    byte[] utf16 = header().encode().getBytes(StandardCharsets.UTF_16LE);
    String signed = encode(utf16) + "." + Forger.base64(CLAIMS.encode());

    // When
    boolean taken = taken(Forger.es256(signed, PAIR.getPrivate()));

    // Then
    assertThat(taken).isFalse();
  }

  @Test
  void asksAKeyForItsOwnAlgorithmOnly() {
    // Given
    KeyPair rsa = Forger.rsa(2048);
    String es256 = Forger.es256(header().put("alg", "RS256"), CLAIMS, PAIR.getPrivate());
    String rs256 = Forger.rs256(header().put("alg", "ES256"), CLAIMS, rsa.getPrivate());

    // When
    boolean taken = taken(es256) || taken(rs256, new TokenKey("k", rsa.getPublic()));

    // Then
    assertThat(taken).isFalse();
  }

  private static boolean taken(String token) {
    return taken(token, KEY);
  }

  private static boolean taken(String token, TokenKey key) {
    var verifier = new TokenVerifier(vertx, key);
    return TokenParts.parse(token).filter(verifier::signed).isPresent();
  }

  private static String token(JsonObject header) {
    return Forger.es256(header, CLAIMS, PAIR.getPrivate());
  }

  private static JsonObject header() {
    return Forger.header("ES256", "k");
  }

  private static JsonObject without(String member) {
    JsonObject header = header();
    header.remove(member);
    return header;
  }

  /** As many letters as make the header's text fill whole groups of four. */
  private static String pad(JsonObject header) {
    int missing = 3 - header.copy().put("x", "").encode().length() % 3;
    return "x".repeat(missing % 3);
  }

  private static String withSignature(String token, String signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + signature;
  }

  private static byte[] signature(String token) {
    return Base64.getUrlDecoder().decode(token.split("\\.")[2]);
  }

  private static String encode(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  private static char next(char letter) {
    return ALPHABET.charAt(ALPHABET.indexOf(letter) + 1);
  }

  private static byte[] concat(byte[]... parts) {
    byte[] all = new byte[0];
    for (byte[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }
}
