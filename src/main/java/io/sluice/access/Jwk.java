package io.sluice.access;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;

/** Keys as JSON Web Keys (RFC 7517), and which of them may sign tokens. */
final class Jwk {
  static final String ES256 = "ES256";
  static final String RS256 = "RS256";

  private static final int P256_BYTES = 32;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;

  private Jwk() {}

  /**
   * A public key with its algorithm and, as its id, its thumbprint (RFC 7638).
   *
   * @throws IllegalArgumentException when it is neither on P-256 nor RSA of 2048 to 8192 bits
   */
  static JsonObject of(PublicKey key) {
    JsonObject jwk =
        switch (key) {
          case ECPublicKey ec when ec.getParams().getCurve().getField().getFieldSize() == 256 ->
              new JsonObject()
                  .put("crv", "P-256")
                  .put("kty", "EC")
                  .put("x", fixed(ec.getW().getAffineX()))
                  .put("y", fixed(ec.getW().getAffineY()));
          case RSAPublicKey rsa when fits(rsa.getModulus().bitLength()) ->
              new JsonObject()
                  .put("e", base64(rsa.getPublicExponent()))
                  .put("kty", "RSA")
                  .put("n", base64(rsa.getModulus()));
          default ->
              throw new IllegalArgumentException(
                  "a signing key must be EC on P-256 or RSA of at least " + MIN_RSA_BITS + " bits");
        };
    String thumbprint = thumbprint(jwk);
    return jwk.put("alg", key instanceof ECPublicKey ? ES256 : RS256)
        .put("use", "sig")
        .put("kid", thumbprint);
  }

  /** The same with the private part, so that it can sign. */
  static JsonObject of(PublicKey key, PrivateKey secret) {
    JsonObject jwk = of(key);
    return switch (secret) {
      case ECPrivateKey ec when ES256.equals(jwk.getString("alg")) ->
          jwk.put("d", fixed(ec.getS()));
      case RSAPrivateCrtKey rsa when RS256.equals(jwk.getString("alg")) ->
          jwk.put("d", base64(rsa.getPrivateExponent()))
              .put("p", base64(rsa.getPrimeP()))
              .put("q", base64(rsa.getPrimeQ()))
              .put("dp", base64(rsa.getPrimeExponentP()))
              .put("dq", base64(rsa.getPrimeExponentQ()))
              .put("qi", base64(rsa.getCrtCoefficient()));
      default ->
          throw new IllegalArgumentException("the private and the public key are not of a kind");
    };
  }

  /**
   * The part of somebody else's public key that may verify tokens: nothing symmetric, nothing
   * short, nothing without an id, nothing for encryption. What else the key says (certificates,
   * addresses, private parts) is left behind.
   */
  static Optional<JsonObject> usable(JsonObject foreign) {
    try {
      String kid = foreign.getString("kid");
      if (kid == null || kid.isEmpty() || !"sig".equals(foreign.getString("use", "sig"))) {
        return Optional.empty();
      }
      return switch (foreign.getString("kty", "")) {
        case "EC" -> ec(foreign).map(jwk -> jwk.put("kid", kid));
        case "RSA" -> rsa(foreign).map(jwk -> jwk.put("kid", kid));
        default -> Optional.empty();
      };
    } catch (ClassCastException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonObject> ec(JsonObject foreign) {
    boolean fits =
        "P-256".equals(foreign.getString("crv"))
            && ES256.equals(foreign.getString("alg", ES256))
            && foreign.getString("x") != null
            && foreign.getString("y") != null;
    return fits ? Optional.of(copy(foreign, "kty", "crv", "x", "y").put("alg", ES256)) : none();
  }

  private static Optional<JsonObject> rsa(JsonObject foreign) {
    boolean fits =
        RS256.equals(foreign.getString("alg", RS256))
            && foreign.getString("n") != null
            && foreign.getString("e") != null
            && fits(
                new BigInteger(1, Base64.getUrlDecoder().decode(foreign.getString("n")))
                    .bitLength());
    return fits ? Optional.of(copy(foreign, "kty", "n", "e").put("alg", RS256)) : none();
  }

  private static Optional<JsonObject> none() {
    return Optional.empty();
  }

  private static JsonObject copy(JsonObject from, String... members) {
    JsonObject to = new JsonObject();
    for (String member : members) {
      to.put(member, from.getString(member));
    }
    return to;
  }

  private static boolean fits(int rsaBits) {
    return rsaBits >= MIN_RSA_BITS && rsaBits <= MAX_RSA_BITS;
  }

  /** Over the required members only, in the order of their names, which is how they were put. */
  private static String thumbprint(JsonObject required) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(required.encode().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String fixed(BigInteger coordinate) {
    byte[] bytes = coordinate.toByteArray();
    byte[] fixed = new byte[P256_BYTES];
    int length = Math.min(bytes.length, P256_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, P256_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
  }
}
