package io.sluice.store.orum;

import io.sluice.ledger.TenantId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;

/**
 * What an enterprise's messages are signed with.
 *
 * @param publicKey PEM
 * @param privateKey encrypted
 */
public record KeyPair(
    TenantId tenant, UUID id, String publicKey, Buffer privateKey, Instant createdAt) {
  /** Without the private key, encrypted though it is. */
  @Override
  public String toString() {
    return "KeyPair[" + id + " of tenant " + tenant.value() + "]";
  }
}
