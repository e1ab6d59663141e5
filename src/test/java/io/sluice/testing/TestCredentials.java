package io.sluice.testing;

import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialOwner;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.access.NewCredential;
import io.sluice.store.access.Proof;
import java.time.Instant;
import java.util.UUID;

/** Credentials that nothing but tokens needs: a token is worth nothing without one. */
public final class TestCredentials {
  private static final CredentialTypeName TYPE = new CredentialTypeName("test-token");

  private TestCredentials() {}

  /** A new credential of the tenant's, for a token that ends then. */
  public static Backing.Credential make(Pools pools, TenantId tenant, Instant expiresAt) {
    UUID id = UUID.randomUUID();
    var credential =
        new NewCredential(
            new CredentialOwner(tenant, id),
            TYPE,
            id.toString(),
            new Proof.Token(id.toString(), expiresAt),
            expiresAt,
            false);
    Await.result(new CredentialStore(pools).put(credential, Integer.MAX_VALUE));
    return Backing.Credential.unchanging(id);
  }
}
