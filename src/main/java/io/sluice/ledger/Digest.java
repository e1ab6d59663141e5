package io.sluice.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * SHA-256 over a sequence of fields, unambiguous about where one field ends and the next begins.
 */
public final class Digest {
  /** Holds the fields of most requests and tokens, so that they are never copied to grow. */
  private static final int USUAL_BYTES = 1_024;

  private static final int HASH_BYTES = 32;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** From so many characters on, encoding a text at once is faster than looking at each. */
  private static final int LONG_TEXT = 64;

  /** The most bytes that a UTF-16 unit takes. */
  private static final int MAX_UTF8_BYTES = 3;

  private static final ThreadLocal<Tools> TOOLS = ThreadLocal.withInitial(Tools::new);

  private byte[] fields = TOOLS.get().spare.take();
  private int length;

  /** Looking the algorithm up costs as much as using it. */
  private static final class Tools {
    private final MessageDigest sha256 = sha256();
    private final byte[] hash = new byte[HASH_BYTES];
    private final SpareBytes spare = new SpareBytes(USUAL_BYTES);
  }

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
    return field == null ? add(-1) : add(field, 0, field.length());
  }

  /** Adds a part of a text as a field. */
  public Digest add(String text, int from, int to) {
    int chars = to - from;
    reserve(Integer.BYTES + Math.multiplyExact(MAX_UTF8_BYTES, chars));
    return chars < LONG_TEXT ? addShort(text, from, to) : addLong(text, from, to);
  }

  private Digest addShort(String text, int from, int to) {
    int chars = to - from;
    int start = length + Integer.BYTES;
    int ascii = 0;
    while (ascii < chars && text.charAt(from + ascii) < 0x80) {
      fields[start + ascii] = (byte) text.charAt(from + ascii);
      ascii++;
    }
    if (ascii < chars) {
      return addUtf8(text.substring(from, to));
    }
    add(chars);
    length += chars;
    return this;
  }

  private Digest addLong(String text, int from, int to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == text.length() ? add(bytes, from, to) : addUtf8(text.substring(from, to));
  }

  private Digest addUtf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(bytes, 0, bytes.length);
  }

  private Digest add(byte[] bytes, int from, int to) {
    add(to - from);
    System.arraycopy(bytes, from, fields, length, to - from);
    length += to - from;
    return this;
  }

  /** Adds a text that ends in a UUID, in its canonical form, as one field. */
  Digest add(String prefix, UUID end) {
    add(prefix);
    reserve(UuidText.CHARS);
    UuidText.write(end, fields, length);
    length += UuidText.CHARS;
    int start = length - UuidText.CHARS - prefix.length() - Integer.BYTES;
    INT.set(fields, start, prefix.length() + UuidText.CHARS);
    return this;
  }

  /** Adds a UUID field; null is the same as a null text. */
  public Digest add(UUID field) {
    if (field == null) {
      return add(-1);
    }
    add(2 * Long.BYTES);
    return add(field.getMostSignificantBits()).add(field.getLeastSignificantBits());
  }

  /** Adds a number, usually the count of the fields that follow. */
  public Digest add(int field) {
    reserve(Integer.BYTES);
    INT.set(fields, length, field);
    length += Integer.BYTES;
    return this;
  }

  private Digest add(long field) {
    reserve(Long.BYTES);
    LONG.set(fields, length, field);
    length += Long.BYTES;
    return this;
  }

  /** All 32 bytes. The digest is spent afterwards. */
  public byte[] toBytes() {
    return finish().clone();
  }

  /** The first 122 free bits as a version 8 UUID. The digest is spent afterwards. */
  public UUID toUuid() {
    byte[] hash = finish();
    long high = ((long) LONG.get(hash, 0) & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low =
        ((long) LONG.get(hash, Long.BYTES) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The hash, in an array that is this thread's, for the moment. */
  private byte[] finish() {
    Tools tools = TOOLS.get();
    tools.sha256.update(fields, 0, length);
    try {
      tools.sha256.digest(tools.hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
    tools.spare.giveBack(fields);
    fields = null;
    return tools.hash;
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(length, bytes);
    if (needed > fields.length) {
      fields = Arrays.copyOf(fields, Math.max(2 * fields.length, needed));
    }
  }
}
