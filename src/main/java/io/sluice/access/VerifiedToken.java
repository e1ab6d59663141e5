package io.sluice.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * A token that stands.
 *
 * @param claims what it says
 * @param principal who asks with it, by the credential that it stands on; of another issuer's
 *     token, the one kept for its subject
 */
public record VerifiedToken(TokenClaims claims, Principal principal) {
  public CredentialNumber credential() {
    return principal.credential();
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
