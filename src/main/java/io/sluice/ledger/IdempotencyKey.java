package io.sluice.ledger;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A client's promise that equal keys mean the same request.
 *
 * @param digest the tenant-wide key: derived from dialect, scope and the client's own text
 * @param fingerprint the beginning of a SHA-256 over the normalised semantic fields; equal means
 *     the same request; of a reversal, the id of what it reverses
 */
public record IdempotencyKey(UUID digest, UUID fingerprint) {
  public IdempotencyKey {
    Objects.requireNonNull(digest);
    Objects.requireNonNull(fingerprint);
  }

  /** What the keys of reversals count within; no dialect has a scope of this name. */
  private static final String REVERSALS = "reversal";

  /**
   * The key of the one reversal that a transfer may have, whoever asks and for whatever reason.
   * What makes the request what it is is the reversed transfer, so that its id is the fingerprint:
   * that leads from the reversal to what it reverses.
   */
  public static IdempotencyKey ofReversal(TransferId reversed) {
    UUID digest = Digest.start().add(REVERSALS).add(reversed.value()).toUuid();
    return new IdempotencyKey(digest, reversed.value());
  }

  /** The transfer that is reversed under this key; empty for any other key. */
  public Optional<TransferId> reversed() {
    return Optional.of(new TransferId(fingerprint)).filter(id -> ofReversal(id).equals(this));
  }

  /**
   * A key in the scope that is called by a prefix, in ASCII, and an id, such as {@code
   * <dialect>:<account id>}.
   *
   * @param text the client's key
   * @param fingerprint a digest to which every semantic field was added
   */
  public static IdempotencyKey of(String prefix, UUID id, String text, Digest fingerprint) {
    return new IdempotencyKey(
        Digest.start().add(prefix, id).add(text).toUuid(), fingerprint.toUuid());
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
