package io.sluice.access;

import java.security.Key;
import java.security.PrivateKey;
import java.util.Base64;

/** Writes keys as text (RFC 7468). */
final class Pem {
  private static final int LINE_CHARS = 64;

  private Pem() {}

  /** A PRIVATE KEY (PKCS#8) or a PUBLIC KEY. */
  static String of(Key key) {
    String type = key instanceof PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY";
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END "
        + type
        + "-----\n";
  }
}
