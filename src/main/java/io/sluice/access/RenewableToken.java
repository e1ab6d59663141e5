package io.sluice.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.store.access.Backing;

/**
 * A token of the gateway's own that stands, but that it may have expired: with a further proof, its
 * bearer may have another.
 *
 * @param claims what it says
 * @param credential what it was issued for, and still stands on
 */
public record RenewableToken(
    TokenClaims claims, Backing.Credential credential, CredentialNumber number) {
  /** Who asks with it. */
  public Principal principal() {
    return new Principal(claims.tenant(), number);
  }
}
