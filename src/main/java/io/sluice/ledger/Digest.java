package io.sluice.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * SHA-256 over a sequence of fields, unambiguous about where one field ends and the next begins.
 */
public final class Digest {
  private final MessageDigest sha256;

  private Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static Digest start() {
    return new Digest();
  }

  /** Adds a text field; null is a field of its own, unlike the empty text. */
  public Digest add(String field) {
    if (field == null) {
      return add(-1);
    }
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    sha256.update(bytes);
    return this;
  }

  /** Adds a UUID field; null is the same as a null text. */
  public Digest add(UUID field) {
    if (field == null) {
      return add(-1);
    }
    sha256.update(
        ByteBuffer.allocate(20)
            .putInt(16)
            .putLong(field.getMostSignificantBits())
            .putLong(field.getLeastSignificantBits())
            .array());
    return this;
  }

  /** Adds a number, usually the count of the fields that follow. */
  public Digest add(int field) {
    sha256.update(
        new byte[] {(byte) (field >> 24), (byte) (field >> 16), (byte) (field >> 8), (byte) field});
    return this;
  }

  /** All 32 bytes. The digest is spent afterwards. */
  public byte[] toBytes() {
    return sha256.digest();
  }

  /** The first 122 free bits as a version 8 UUID. The digest is spent afterwards. */
  public UUID toUuid() {
    ByteBuffer bytes = ByteBuffer.wrap(sha256.digest());
    long high = (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
