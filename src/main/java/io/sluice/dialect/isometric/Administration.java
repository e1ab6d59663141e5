package io.sluice.dialect.isometric;

import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;

/**
 * What the registry's staff does in the provider's world: registering organisations, suppliers and
 * projects, issuing credits, entering orders and refunds, retiring on behalf of others; and lists
 * of it. Errors come in the dialect's own envelope.
 */
final class Administration {
  private static final String ORGANISATIONS = "/organisations";
  private static final String PROJECTS = "/projects";
  private static final String ISSUANCES = "/issuances";
  private static final String ORDERS = "/orders";
  private static final String REFUNDS = "/refunds";
  private static final String RETIREMENTS = "/retirements";

  private Administration() {}

  static Operations<TenantId> parties(
      Organisations organisations,
      Transferees transferees,
      Beneficiaries beneficiaries,
      Suppliers suppliers,
      BufferPool pool) {
    return new Operations<TenantId>()
        .post("isometricCreateOrganisation", ORGANISATIONS, organisations::create)
        .get("isometricListOrganisations", ORGANISATIONS, organisations::list)
        .put("isometricSetTransferees", ORGANISATIONS + "/:id/transferees", transferees::set)
        .post(
            "isometricGiveBeneficiaries", ORGANISATIONS + "/:id/beneficiaries", beneficiaries::give)
        .post("isometricCreateSupplier", "/suppliers", suppliers::create)
        .put("isometricSetBufferPool", "/buffer_pool", pool::set);
  }

  static Operations<TenantId> projects(Projects projects, Documents documents) {
    return new Operations<TenantId>()
        .post("isometricCreateProject", PROJECTS, projects::create)
        .post("isometricCreateProjectDocument", PROJECTS + "/:id/documents", documents::create);
  }

  static Operations<TenantId> credits(
      Issuances issuances, IssuanceReads issuanceReads, Orders orders, Refunds refunds) {
    return new Operations<TenantId>()
        .post("isometricCreateIssuance", ISSUANCES, issuances::create)
        .get("isometricListIssuances", ISSUANCES, issuanceReads::listEntered)
        .post("isometricCreateOrder", ORDERS, orders::create)
        .get("isometricListOrders", ORDERS, orders::list)
        .post("isometricCreateRefund", REFUNDS, refunds::create)
        .get("isometricListRefunds", REFUNDS, refunds::list);
  }

  static Operations<TenantId> retirements(Retirements retirements, RetirementReads reads) {
    return new Operations<TenantId>()
        .post("isometricCreateRetirement", RETIREMENTS, retirements::onBehalf)
        .post(
            "isometricCreateRetirementFromOldestCredits",
            RETIREMENTS + "/from_oldest_credits",
            retirements::oldestOnBehalf)
        .get("isometricListRetirements", RETIREMENTS, reads::listOnBehalf);
  }
}
