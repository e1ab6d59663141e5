package io.sluice.store.corebanq;

import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * Whom a secret is given to, and where it is known.
 *
 * @param user with the password as it was then
 * @param app the client's program; empty where it did not say
 * @param id of the row that knows the secret
 * @param hash SHA-256 of the secret
 */
public record Grantee(TenantId tenant, Backing.Credential user, String app, UUID id, Buffer hash) {
  /** The same with a new secret. */
  public Grantee with(Buffer newHash) {
    return new Grantee(tenant, user, app, id, newHash);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Grantee[tenant=" + tenant + ", user=" + user.id() + "]";
  }
}
