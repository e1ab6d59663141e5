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
  /** Holds the fields of most requests, so that they are never copied to grow. */
  private static final int INITIAL_BYTES = 256;

  /** Looking the algorithm up costs as much as using it. */
  private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Digest::sha256);

  private ByteBuffer fields = ByteBuffer.allocate(INITIAL_BYTES);

  private Digest() {}

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
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
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    return this;
  }

  /** Adds a UUID field; null is the same as a null text. */
  public Digest add(UUID field) {
    if (field == null) {
      return add(-1);
    }
    room(Integer.BYTES + 2 * Long.BYTES)
        .putInt(2 * Long.BYTES)
        .putLong(field.getMostSignificantBits())
        .putLong(field.getLeastSignificantBits());
    return this;
  }

  /** Adds a number, usually the count of the fields that follow. */
  public Digest add(int field) {
    room(Integer.BYTES).putInt(field);
    return this;
  }

  /** All 32 bytes. The digest is spent afterwards. */
  public byte[] toBytes() {
    MessageDigest sha256 = SHA256.get();
    sha256.update(fields.flip());
    return sha256.digest();
  }

  /** The first 122 free bits as a version 8 UUID. The digest is spent afterwards. */
  public UUID toUuid() {
    ByteBuffer bytes = ByteBuffer.wrap(toBytes());
    long high = (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private ByteBuffer room(int bytes) {
    if (fields.remaining() < bytes) {
      int needed = Math.addExact(fields.position(), bytes);
      fields = ByteBuffer.allocate(Math.max(2 * fields.capacity(), needed)).put(fields.flip());
    }
    return fields;
  }
}
