package io.sluice.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** Public keys as JSON Web Keys (RFC 7517), and which of them may vouch for tokens. */
final class Jwk {
  private static final int P256_BYTES = 32;
  private static final String USE = "use";
  private static final String SIGNATURES = "sig";
  private static final String OPERATIONS = "key_ops";

  private Jwk() {}

  /**
   * A public key with its algorithm and, as its id, its thumbprint (RFC 7638).
   *
   * @throws IllegalArgumentException when it is neither on P-256 nor RSA of 2048 to 8192 bits
   */
  static JsonObject of(PublicKey key) {
    JsonObject required =
        switch (key) {
          case ECPublicKey ec ->
              new JsonObject()
                  .put("crv", "P-256")
                  .put("kty", "EC")
                  .put("x", fixed(ec.getW().getAffineX()))
                  .put("y", fixed(ec.getW().getAffineY()));
          case RSAPublicKey rsa ->
              new JsonObject()
                  .put("e", Base64Url.encode(unsigned(rsa.getPublicExponent())))
                  .put("kty", "RSA")
                  .put("n", Base64Url.encode(unsigned(rsa.getModulus())));
          default -> throw new IllegalArgumentException("a signing key must be EC or RSA");
        };
    String thumbprint = thumbprint(required);
    return required
        .put("alg", new TokenKey(thumbprint, key).algorithm().name())
        .put(USE, SIGNATURES)
        .put("kid", thumbprint);
  }

  /**
   * Somebody else's public key, when it may vouch for tokens: nothing symmetric, nothing short,
   * nothing off its curve, nothing without an id, nothing for encryption. What else the key says
   * (certificates, addresses, private parts) is left behind.
   */
  static Optional<TokenKey> usable(JsonObject foreign) {
    try {
      String kid = foreign.getString("kid");
      if (kid == null || kid.isEmpty() || !isForSignatures(foreign)) {
        return Optional.empty();
      }
      KeySpec spec =
          switch (foreign.getString("kty", "")) {
            case "EC" -> ec(foreign);
            case "RSA" -> new RSAPublicKeySpec(number(foreign, "n"), number(foreign, "e"));
            default -> throw new IllegalArgumentException("neither EC nor RSA");
          };
      var key =
          new TokenKey(kid, KeyFactory.getInstance(foreign.getString("kty")).generatePublic(spec));
      String algorithm = key.algorithm().name();
      return Optional.of(key).filter(k -> algorithm.equals(foreign.getString("alg", algorithm)));
    } catch (ClassCastException | IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * What a key says of its use in either of two ways (RFC 7517, 4.2 and 4.3) must not forbid it.
   */
  private static boolean isForSignatures(JsonObject foreign) {
    return SIGNATURES.equals(foreign.getString(USE, SIGNATURES))
        && (!foreign.containsKey(OPERATIONS)
            || foreign.getValue(OPERATIONS) instanceof JsonArray allowed
                && allowed.contains("verify"));
  }

  private static ECPublicKeySpec ec(JsonObject foreign) throws GeneralSecurityException {
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = named.getParameterSpec(ECParameterSpec.class);
    ECPoint point = new ECPoint(coordinate(foreign, "x"), coordinate(foreign, "y"));
    if (!"P-256".equals(foreign.getString("crv")) || !isOn(p256, point)) {
      throw new IllegalArgumentException("not on P-256");
    }
    return new ECPublicKeySpec(point, p256);
  }

  /** A point off the curve gives its owner's signatures away, or lets others make them. */
  private static boolean isOn(ECParameterSpec spec, ECPoint point) {
    BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.multiply(y).mod(p).equals(right);
  }

  private static BigInteger coordinate(JsonObject foreign, String member) {
    byte[] bytes = bytes(foreign, member);
    if (bytes.length != P256_BYTES) {
      throw new IllegalArgumentException("a coordinate on P-256 has " + P256_BYTES + " octets");
    }
    return new BigInteger(1, bytes);
  }

  private static BigInteger number(JsonObject foreign, String member) {
    return new BigInteger(1, bytes(foreign, member));
  }

  private static byte[] bytes(JsonObject foreign, String member) {
    return Base64Url.decode(foreign.getString(member, ""));
  }

  /** Over the required members only, in the order of their names, which is how they were put. */
  private static String thumbprint(JsonObject required) {
    try {
      return Base64Url.encode(
          MessageDigest.getInstance("SHA-256")
              .digest(required.encode().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String fixed(BigInteger coordinate) {
    byte[] bytes = unsigned(coordinate);
    byte[] fixed = new byte[Math.max(P256_BYTES, bytes.length)];
    System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
    return Base64Url.encode(fixed);
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
