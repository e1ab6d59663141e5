package io.sluice.access;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Pairs of keys, of EC or RSA. */
final class KeyPairs {
  private KeyPairs() {}

  /** Whether what the private key signs is seen to be so by the public one. */
  static boolean match(PrivateKey secret, PublicKey key) {
    try {
      byte[] proof = {1, 2, 3};
      Signature signature =
          Signature.getInstance(
              "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(secret);
      signature.update(proof);
      byte[] signed = signature.sign();
      signature.initVerify(key);
      signature.update(proof);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
