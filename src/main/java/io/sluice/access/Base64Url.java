package io.sluice.access;

import java.util.Base64;

/**
 * Base64url without padding (RFC 7515, section 2), in its one canonical form: no two texts stand
 * for the same bytes.
 */
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * The bytes that a text stands for.
   *
   * @throws IllegalArgumentException when it is not how {@link #encode} would write them
   */
  static byte[] decode(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }
}
