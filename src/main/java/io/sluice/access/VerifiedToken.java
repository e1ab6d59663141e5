package io.sluice.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * A token that stands.
 *
 * @param claims what it says
 * @param credential what it stands on; of another issuer's token, the one kept for its subject
 */
public record VerifiedToken(TokenClaims claims, CredentialNumber credential) {
  /** Who asks with it. */
  public Principal principal() {
    return new Principal(claims.tenant(), credential);
  }

  public TenantId tenant() {
    return claims.tenant();
  }

  public UUID subject() {
    return claims.subject();
  }

  public Rights rights() {
    return claims.rights();
  }
}
