package io.sluice.dialect;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * A UUID in 22 characters instead of 36, base64url without padding: for texts that are stored with
 * every transfer. No client ever sees one.
 */
public final class ShortUuid {
  private static final int BYTES = 2 * Long.BYTES;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private ShortUuid() {}

  /** The 22 characters. */
  public static String of(UUID uuid) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer.wrap(bytes)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits());
    return ENCODER.encodeToString(bytes);
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException where these are not 16 bytes
   */
  public static UUID read(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a UUID has 16 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
