package io.sluice.ledger;

import java.util.Objects;

/**
 * Who asks: on behalf of a tenant, with one of its credentials.
 *
 * @param credential {@link CredentialNumber#NONE} for the operator
 */
public record Principal(TenantId tenant, CredentialNumber credential) {
  public Principal {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(credential);
  }

  /** The operator, who acts for every tenant and has no credential with any. */
  public static Principal operator(TenantId tenant) {
    return new Principal(tenant, CredentialNumber.NONE);
  }
}
