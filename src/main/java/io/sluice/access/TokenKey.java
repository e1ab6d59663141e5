package io.sluice.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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

  /** The two algorithms, as tokens and as Java call them. */
  enum Algorithm {
    ES256("SHA256withECDSAinP1363Format"),
    RS256("SHA256withRSA");

    private final String ofJava;

    Algorithm(String ofJava) {
      this.ofJava = ofJava;
    }

    /** The one algorithm that a key may be used with. */
    private static Algorithm of(PublicKey key) {
      return switch (key) {
        case ECPublicKey ec when ec.getParams().getCurve().getField().getFieldSize() == P256_BITS ->
            ES256;
        case RSAPublicKey rsa when fits(rsa) -> RS256;
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

    byte[] sign(PrivateKey secret, String text) {
      try {
        Signature signature = Signature.getInstance(ofJava);
        signature.initSign(secret);
        signature.update(ascii(text));
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a key that has signed before cannot sign", e);
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the key is of another kind or size
   */
  TokenKey {
    Algorithm.of(key);
  }

  Algorithm algorithm() {
    return Algorithm.of(key);
  }

  /**
   * Whether this key, with its algorithm, signed the token. What the token says is not looked at.
   */
  boolean signed(TokenParts token) {
    Algorithm algorithm = algorithm();
    byte[] signed = token.signature();
    if (!algorithm.name().equals(token.algorithm())
        || algorithm == Algorithm.ES256 && signed.length != ES256_BYTES) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm.ofJava);
      signature.initVerify(key);
      signature.update(ascii(token.signed()));
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // Java throws where a signature is not of the form that the algorithm has.
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
