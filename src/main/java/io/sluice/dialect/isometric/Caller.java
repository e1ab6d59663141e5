package io.sluice.dialect.isometric;

import io.sluice.dialect.ApiException;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import java.util.UUID;

/**
 * Who asks.
 *
 * @param principal whose registry
 * @param organisation the one that the token acts for
 */
record Caller(Principal principal, Organisation organisation) {
  /**
   * The organisation that a request names must be the caller's.
   *
   * @throws ApiException 403 for any other
   */
  void requireOwn(String named, IdCodec codec) {
    UUID own = organisation.id().value();
    if (codec.decode(IdPrefix.ORGANISATION, named).filter(own::equals).isEmpty()) {
      throw new ApiException(Errors.notYourOrganisation(named));
    }
  }

  TenantId tenant() {
    return principal.tenant();
  }
}
