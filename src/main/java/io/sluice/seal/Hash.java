package io.sluice.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256, and the ways in which sealed books make one. Never changed once it is made. */
public final class Hash {
  public static final int BYTES = 32;

  /** Before a tenant's first entry. */
  public static final Hash ZERO = new Hash(new byte[BYTES]);

  /** As RFC 6962 tells leaves from nodes, so that nobody can pass one off as the other. */
  private static final byte LEAF = 0;

  private static final byte NODE = 1;

  /** Looking the algorithm up costs as much as using it. */
  private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Hash::newSha256);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One that was made before.
   *
   * @throws IllegalArgumentException unless it is {@value #BYTES} bytes
   */
  public static Hash of(byte[] bytes) {
    return at(bytes, 0, bytes.length);
  }

  /** The same of a part of an array. */
  public static Hash at(byte[] bytes, int offset, int length) {
    if (length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + length);
    }
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
  }

  /**
   * One that was written in hexadecimal digits.
   *
   * @throws IllegalArgumentException unless it is 64 of them
   */
  public static Hash ofHex(String digits) {
    return of(HexFormat.of().parseHex(digits));
  }

  /** Several that were put one after the other. */
  public static Hash[] all(byte[] bytes) {
    Hash[] all = new Hash[bytes.length / BYTES];
    for (int i = 0; i < all.length; i++) {
      all[i] = at(bytes, i * BYTES, BYTES);
    }
    return all;
  }

  /** That of what an entry says. */
  public static Hash ofContent(String entry) {
    byte[] text = entry.getBytes(StandardCharsets.UTF_8);
    return ofContent(text, text.length);
  }

  /**
   * The same of the bytes of its text.
   *
   * @param length how many of them, from the first
   */
  public static Hash ofContent(byte[] text, int length) {
    MessageDigest digest = sha256();
    digest.update(text, 0, length);
    return new Hash(digest.digest());
  }

  /** That of an entry: of the entry's before it, and of what it says itself. */
  public static Hash ofEntry(Hash previous, Hash content) {
    MessageDigest digest = sha256();
    digest.update(previous.bytes);
    return new Hash(digest.digest(content.bytes));
  }

  /** That of a tree of one entry. */
  public static Hash ofLeaf(Hash entry) {
    return ofLeaf(entry.bytes);
  }

  /** The same of any data. */
  static Hash ofLeaf(byte[] data) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return new Hash(digest.digest(data));
  }

  /** That of a tree of two trees. */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /** That of a tree without entries. */
  static Hash ofNothing() {
    return new Hash(sha256().digest());
  }

  /** Puts it where a buffer stands. */
  public void writeTo(ByteBuffer buffer) {
    buffer.put(bytes);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** In lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Always left as new: whoever adds to it also makes the digest. */
  private static MessageDigest sha256() {
    return SHA256.get();
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return toHex();
  }
}
