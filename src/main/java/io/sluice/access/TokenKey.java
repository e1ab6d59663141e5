package io.sluice.access;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A public key with its id and its one algorithm. Whoever verifies picks the key by its id and then
 * asks for that algorithm and no other, so a token cannot choose how it is verified.
 *
 * @param kid its id
 * @param key on P-256, or of RSA with 2048 to 8192 bits
 */
record TokenKey(String kid, PublicKey key) {
  static final int MIN_RSA_BITS = 2048;
  static final int MAX_RSA_BITS = 8192;

  private static final int P256_BITS = 256;

  /** The two numbers of an ECDSA signature on P-256, 32 octets each (RFC 7518, section 3.4). */
  private static final int ES256_BYTES = 64;

  /** The two algorithms, as tokens call them. */
  enum Algorithm {
    ES256,
    RS256
  }

  /**
   * @throws IllegalArgumentException when the key is of another kind or size
   */
  TokenKey {
    algorithm(key);
  }

  Algorithm algorithm() {
    return algorithm(key);
  }

  /** How many octets every signature of the key has. */
  int signatureBytes() {
    return key instanceof RSAPublicKey rsa
        ? Math.ceilDiv(rsa.getModulus().bitLength(), Byte.SIZE)
        : ES256_BYTES;
  }

  /** The one algorithm that a key may be used with. */
  private static Algorithm algorithm(PublicKey key) {
    return switch (key) {
      case ECPublicKey ec when ec.getParams().getCurve().getField().getFieldSize() == P256_BITS ->
          Algorithm.ES256;
      case RSAPublicKey rsa when fits(rsa) -> Algorithm.RS256;
      default ->
          throw new IllegalArgumentException(
              "a signing key must be EC on P-256 or RSA of at least " + MIN_RSA_BITS + " bits");
    };
  }

  /** With an exponent of 1 everything would be its own signature. */
  private static boolean fits(RSAPublicKey rsa) {
    int bits = rsa.getModulus().bitLength();
    BigInteger exponent = rsa.getPublicExponent();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.TWO) > 0;
  }
}
