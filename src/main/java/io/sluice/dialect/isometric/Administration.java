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
  private static final String TRANSFEREES = ORGANISATIONS + "/:id/transferees";
  private static final String BENEFICIARIES = ORGANISATIONS + "/:id/beneficiaries";
  private static final String SUPPLIERS = "/suppliers";
  private static final String BUFFER_POOL = "/buffer_pool";
  private static final String PROJECTS = "/projects";
  private static final String DOCUMENTS = PROJECTS + "/:id/documents";
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
        .put("isometricSetTransferees", TRANSFEREES, transferees::set)
        .get("isometricListTransferees", TRANSFEREES, transferees::listOf)
        .post("isometricGiveBeneficiaries", BENEFICIARIES, beneficiaries::give)
        .get("isometricListBeneficiaries", BENEFICIARIES, beneficiaries::listOf)
        .post("isometricCreateSupplier", SUPPLIERS, suppliers::create)
        .get("isometricListSuppliers", SUPPLIERS, suppliers::list)
        .put("isometricSetBufferPool", BUFFER_POOL, pool::set)
        .get("isometricGetBufferPool", BUFFER_POOL, pool::get);
  }

  static Operations<TenantId> projects(Projects projects, ProjectReads reads, Documents documents) {
    return new Operations<TenantId>()
        .post("isometricCreateProject", PROJECTS, projects::create)
        .get("isometricListProjects", PROJECTS, reads::list)
        .post("isometricCreateProjectDocument", DOCUMENTS, documents::create)
        .get("isometricListProjectDocuments", DOCUMENTS, documents::list);
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
