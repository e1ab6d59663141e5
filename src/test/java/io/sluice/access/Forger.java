package io.sluice.access;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, as somebody would who does not use our code. */
final class Forger {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private Forger() {}

  static KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static JsonObject header(String algorithm, String kid) {
    return new JsonObject().put("alg", algorithm).put("typ", "JWT").put("kid", kid);
  }

  static String es256(JsonObject header, JsonObject claims, PrivateKey key) {
    return signed("SHA256withECDSAinP1363Format", header, claims, key);
  }

  static String rs256(JsonObject header, JsonObject claims, PrivateKey key) {
    return signed("SHA256withRSA", header, claims, key);
  }

  static String hs256(JsonObject header, JsonObject claims, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String body = body(header, claims);
      return body + "." + BASE64.encodeToString(mac.doFinal(ascii(body)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String body(JsonObject header, JsonObject claims) {
    return base64(header.encode()) + "." + base64(claims.encode());
  }

  static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static JsonObject claims(String token) {
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
  }

  static JsonObject headerOf(String token) {
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8));
  }

  /** Signs header and claims that somebody has encoded already. */
  static String es256(String body, PrivateKey key) {
    return signed("SHA256withECDSAinP1363Format", body, key);
  }

  private static String signed(
      String algorithm, JsonObject header, JsonObject claims, PrivateKey key) {
    return signed(algorithm, body(header, claims), key);
  }

  private static String signed(String algorithm, String body, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(ascii(body));
      return body + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The same token with the other signature that ES256 has for its text: r and n − s. */
  static String withOtherSignature(String token) {
    int end = token.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(end));
    byte[] second = Arrays.copyOfRange(signature, 32, 64);
    byte[] other = P256_ORDER.subtract(new BigInteger(1, second)).toByteArray();
    Arrays.fill(signature, 32, 64, (byte) 0);
    int length = Math.min(32, other.length);
    System.arraycopy(other, other.length - length, signature, 64 - length, length);
    return token.substring(0, end) + BASE64.encodeToString(signature);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
