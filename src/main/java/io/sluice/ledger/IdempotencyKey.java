package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * A client's promise that equal keys mean the same request.
 *
 * @param digest the tenant-wide key: derived from dialect, scope and the client's own text
 * @param fingerprint the beginning of a SHA-256 over the normalised semantic fields; equal means
 *     the same request
 */
public record IdempotencyKey(UUID digest, UUID fingerprint) {
  public IdempotencyKey {
    Objects.requireNonNull(digest);
    Objects.requireNonNull(fingerprint);
  }

  /**
   * A key in a scope.
   *
   * @param scope what keeps equal texts apart, such as {@code <dialect>:<account id>}
   * @param text the client's key
   * @param fingerprint a digest to which every semantic field was added
   */
  public static IdempotencyKey of(String scope, String text, Digest fingerprint) {
    return new IdempotencyKey(Digest.start().add(scope).add(text).toUuid(), fingerprint.toUuid());
  }
}
