package io.sluice.access;

import io.sluice.ledger.Digest;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * SHA-256 of a secret: what is stored and what caches are keyed by, so that no secret outlives its
 * request. Without a salt, which random secrets of 160 bits and more do not need.
 */
public record SecretHash(long a, long b, long c, long d) {
  /** The hash of a secret. */
  public static SecretHash of(String secret) {
    return of(Digest.start().add(secret).toBytes());
  }

  /** The hash of a part of a header, for one use. */
  static SecretHash of(String header, int from, int to, String use) {
    return of(Digest.start().add(header, from, to).add(use).toBytes());
  }

  private static SecretHash of(byte[] sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(sha256);
    return new SecretHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** The 32 bytes, as stored. */
  Buffer toBuffer() {
    return Buffer.buffer(32).appendLong(a).appendLong(b).appendLong(c).appendLong(d);
  }

  /** Compares in constant time. */
  public boolean isSameAs(SecretHash other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
  }

  static SecretHash of(Buffer stored) {
    return new SecretHash(
        stored.getLong(0), stored.getLong(8), stored.getLong(16), stored.getLong(24));
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "SecretHash";
  }
}
