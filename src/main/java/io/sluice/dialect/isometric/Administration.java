package io.sluice.dialect.isometric;

import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;

/**
 * What the registry itself does in the provider's world: registering organisations, suppliers and
 * projects, and issuing credits. Errors come in the dialect's own envelope.
 */
final class Administration {
  private Administration() {}

  static Operations<TenantId> operations(
      Organisations organisations,
      Transferees transferees,
      Beneficiaries beneficiaries,
      Suppliers suppliers,
      Projects projects,
      Issuances issuances,
      Retirements retirements,
      Orders orders) {
    return new Operations<TenantId>()
        .post("isometricCreateOrganisation", "/organisations", organisations::create)
        .post("isometricCreateSupplier", "/suppliers", suppliers::create)
        .put("isometricSetTransferees", "/organisations/:id/transferees", transferees::set)
        .post("isometricGiveBeneficiaries", "/organisations/:id/beneficiaries", beneficiaries::give)
        .post("isometricCreateProject", "/projects", projects::create)
        .post("isometricCreateIssuance", "/issuances", issuances::create)
        .post("isometricCreateOrder", "/orders", orders::create)
        .get("isometricListOrders", "/orders", orders::list)
        .post("isometricCreateRetirement", "/retirements", retirements::onBehalf)
        .post(
            "isometricCreateRetirementFromOldestCredits",
            "/retirements/from_oldest_credits",
            retirements::oldestOnBehalf);
  }
}
