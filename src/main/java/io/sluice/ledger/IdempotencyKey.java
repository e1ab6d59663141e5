package io.sluice.ledger;

import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * A client's promise that equal keys mean the same request.
 *
 * @param digest the tenant-wide key: derived from dialect, scope and the client's own text
 * @param fingerprint SHA-256 over the normalised semantic fields, 32 bytes; equal means the same
 *     request
 */
public record IdempotencyKey(UUID digest, byte[] fingerprint) {
  public IdempotencyKey {
    Objects.requireNonNull(digest);
    if (fingerprint.length != 32) {
      throw new IllegalArgumentException("a fingerprint has 32 bytes");
    }
  }

  /**
   * A key in a scope.
   *
   * @param scope what keeps equal texts apart, such as {@code <dialect>:<account id>}
   * @param text the client's key
   * @param fingerprint a digest to which every semantic field was added
   */
  public static IdempotencyKey of(String scope, String text, Digest fingerprint) {
    return new IdempotencyKey(Digest.start().add(scope).add(text).toUuid(), fingerprint.toBytes());
  }

  public boolean sameRequest(byte[] other) {
    return Arrays.equals(fingerprint, other);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IdempotencyKey k && digest.equals(k.digest) && sameRequest(k.fingerprint);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }
}
