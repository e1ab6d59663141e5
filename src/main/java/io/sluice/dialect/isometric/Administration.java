package io.sluice.dialect.isometric;

import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;

/**
 * What the registry itself does in the provider's world: registering organisations, suppliers and
 * projects, and issuing credits. Errors come in the dialect's own envelope.
 */
final class Administration {
  private final PartyAdministration parties;
  private final IssuanceAdministration issuances;

  Administration(PartyAdministration parties, IssuanceAdministration issuances) {
    this.parties = parties;
    this.issuances = issuances;
  }

  Operations<TenantId> operations() {
    return new Operations<TenantId>()
        .post("isometricCreateOrganisation", "/organisations", parties::createOrganisation)
        .post("isometricCreateSupplier", "/suppliers", parties::createSupplier)
        .put("isometricSetTransferees", "/organisations/:id/transferees", parties::setTransferees)
        .post("isometricCreateProject", "/projects", issuances::createProject)
        .post("isometricCreateIssuance", "/issuances", issuances::createIssuance);
  }
}
