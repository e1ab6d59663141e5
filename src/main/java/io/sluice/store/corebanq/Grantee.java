package io.sluice.store.corebanq;

import io.sluice.ledger.TenantId;
import io.sluice.store.Rows;
import io.sluice.store.access.Backing;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.stream.Stream;

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

  /** What is stored of it and of the time that its secret is good, in that order; then more. */
  Object[] columns(SessionStore.Span good, Object... more) {
    Stream<Object> own =
        Stream.of(
            tenant.value(),
            id,
            user.id(),
            user.generation(),
            app,
            hash,
            Rows.time(good.from()),
            Rows.time(good.until()));
    return Stream.concat(own, Stream.of(more)).toArray();
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Grantee[tenant=" + tenant + ", user=" + user.id() + "]";
  }
}
