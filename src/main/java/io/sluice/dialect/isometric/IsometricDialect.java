package io.sluice.dialect.isometric;

import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Clues;
import io.sluice.store.isometric.IsometricStores;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Isometric's Registry API: transfers of carbon credits between organisations. */
public final class IsometricDialect extends Room {
  private static final String PREFIX = "/registry";
  private static final String BASE = PREFIX + "/v0";

  private static final String ORGANISATION = BASE + "/organisations/:id";
  private static final String TRANSFERS = BASE + "/transfers";

  private static final String DELIVERIES = BASE + "/deliveries";
  private static final String ORDER = BASE + "/orders/:id";
  private static final String SUPPLIER = BASE + "/suppliers/:id";
  private static final String RETIREMENTS = BASE + "/retirements";
  private static final String PROJECT = BASE + "/projects/:id";
  private static final String ISSUANCE = BASE + "/issuances/:id";
  private static final String REFUND = BASE + "/refunds/:id";

  /** What moves value. */
  private static final String[] MOVING = {
    "createTransfer", "createDelivery", "createRetirement", "createRetirementFromOldestCredits"
  };

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Isometric: POST " + TRANSFERS,
          path -> Text.isPathUnder(PREFIX, path),
          Errors::fault);

  public IsometricDialect(Services services, IsometricStores stores, Settings settings) {
    var codec = new IdCodec(settings.environment());
    var ids = new IdMaker(services.clock());
    var directory = new Directory(services.holders(), codec);
    var detail = new TransferDetail(codec);
    var retirementDetail = new RetirementDetail(codec, settings);
    var batchDetail = new BatchDetail(codec);
    var submissions = new Submissions(services.pipeline());
    var lists = new TransfereeLists(stores.transferees());
    var parties = new Parties(services);
    var transfers = new Transfers(directory, lists, submissions, detail, codec, ids);
    var movements = new Movements(directory, services.transfers(), stores, batchDetail, codec);
    var reads = new TransferReads(movements, detail);
    var beneficiaries = new Beneficiaries(directory, parties, stores.beneficiaries(), codec, ids);
    var retirementReads = new RetirementReads(movements, retirementDetail);
    var batches = new CreditBatches(directory, stores.batches(), batchDetail, codec);
    var balances = new CreditBalances(directory, stores.batches(), codec);
    var organisations = new Organisations(directory, parties, stores.parties(), codec, ids);
    var transferees = new Transferees(directory, lists, stores.parties(), codec);
    var suppliers = new Suppliers(directory, parties, stores.parties(), codec, ids);
    var orders = new Orders(services, directory, suppliers, stores.orders(), codec, ids);
    var deliveries = new Deliveries(orders, submissions, settings, codec, ids);
    var deliveryReads = new DeliveryReads(movements, deliveries, orders, directory);
    var retirements =
        new Retirements(
            directory, beneficiaries, orders, submissions, retirementDetail, codec, ids);
    var pool = new BufferPool(parties, codec, ids);
    var projectReads = new ProjectReads(directory, stores.projects(), pool, codec, settings);
    var projects = new Projects(services, directory, stores.projects(), projectReads, ids);
    var documents = new Documents(projectReads, stores.documents(), codec, ids);
    var issuances = new Issuances(services, directory, stores, pool, codec, ids);
    var issuanceReads =
        new IssuanceReads(directory, stores.issuances(), stores.batches(), batchDetail, codec);
    var refunds =
        new Refunds(directory, pool, stores.batches(), movements, submissions, codec, ids);
    var administration =
        Administration.parties(organisations, transferees, beneficiaries, suppliers, pool)
            .and(Administration.projects(projects, projectReads, documents))
            .and(Administration.credits(issuances, issuanceReads, orders, refunds))
            .and(Administration.retirements(retirements, retirementReads));
    var gate = new Gate(services, directory);
    var record =
        publicRecord(reads, retirementReads, batches, organisations, suppliers)
            .and(deliveriesOnRecord(deliveryReads))
            .and(projectsOnRecord(projectReads, documents))
            .and(issuancesOnRecord(issuanceReads, refunds));
    var own =
        own(transfers, retirements, beneficiaries, transferees, organisations, batches, balances)
            .and(ordersOf(orders, deliveries, deliveryReads, suppliers));
    var token = gate.organisationToken();
    super(
        SIGN,
        new Parts(
                endpoints(services, gate, own, record),
                administration,
                gate.credentials(),
                Demo.of(services, stores, directory, token, projectReads, pool, codec, ids))
            .withClues(clues(codec))
            .withReversals(new TransferReversals(codec, ids)));
  }

  private static Clues clues(IdCodec codec) {
    return new Clues(codec::decode, Names.REFERENCED, KeyScope.ALL, IsometricStores.TABLES);
  }

  private static List<Endpoint> endpoints(
      Services services, Gate gate, Operations<Caller> own, Operations<Principal> record) {
    var turnstile = services.turnstile(gate, Caller::tenant, Errors::fault, MOVING);
    return Stream.concat(
            own.behind(turnstile, Caller::principal).stream(),
            record.behind(gate::admitReader, Function.identity()).stream())
        .toList();
  }

  private static Operations<Principal> publicRecord(
      TransferReads reads,
      RetirementReads retirementReads,
      CreditBatches batches,
      Organisations organisations,
      Suppliers suppliers) {
    return new Operations<Principal>()
        .get("listTransfers", TRANSFERS, reading(reads::list))
        .get("getTransfer", TRANSFERS + "/:id", reading(reads::get))
        .get(
            "listTransferCreditBatches", TRANSFERS + "/:id/credit_batches", reading(reads::batches))
        .get("listRetirements", RETIREMENTS, reading(retirementReads::list))
        .get("getRetirement", RETIREMENTS + "/:id", reading(retirementReads::get))
        .get(
            "listRetirementCreditBatches",
            RETIREMENTS + "/:id/credit_batches",
            reading(retirementReads::batches))
        .get("getCreditBatch", BASE + "/credit_batches/:id", reading(batches::get))
        .get("getOrganisation", ORGANISATION, reading(organisations::get))
        .get("listSuppliers", BASE + "/suppliers", reading(suppliers::list))
        .get("getSupplier", SUPPLIER, reading(suppliers::get));
  }

  private static Operations<Caller> own(
      Transfers transfers,
      Retirements retirements,
      Beneficiaries beneficiaries,
      Transferees transferees,
      Organisations organisations,
      CreditBatches batches,
      CreditBalances balances) {
    return new Operations<Caller>()
        .post("createTransfer", TRANSFERS, transfers::create)
        .post("createRetirement", RETIREMENTS, retirements::create)
        .post(
            "createRetirementFromOldestCredits",
            RETIREMENTS + "/from_oldest_credits",
            retirements::createFromOldest)
        .get("listBeneficiaries", BASE + "/beneficiaries", beneficiaries::list)
        .post("createBeneficiary", BASE + "/beneficiary", beneficiaries::create)
        .get("listTransferees", BASE + "/transferees", transferees::list)
        .get("getOwnOrganisation", BASE + "/organisation", organisations::own)
        .get(
            "listOrganisationCreditBatches",
            ORGANISATION + "/credit_batches",
            batches::ofOrganisation)
        .get("getCreditBalance", ORGANISATION + "/credit_balance", balances::get);
  }

  private static Operations<Principal> deliveriesOnRecord(DeliveryReads reads) {
    return new Operations<Principal>()
        .get("listDeliveries", DELIVERIES, reading(reads::list))
        .get("getDelivery", DELIVERIES + "/:id", reading(reads::get))
        .get(
            "listDeliveryCreditBatches",
            DELIVERIES + "/:id/credit_batches",
            reading(reads::batches))
        .get("listSupplierDeliveries", SUPPLIER + "/deliveries", reading(reads::ofSupplier));
  }

  private static Operations<Principal> projectsOnRecord(ProjectReads reads, Documents documents) {
    return new Operations<Principal>()
        .get("listProjects", BASE + "/projects", reading(reads::list))
        .get("getProject", PROJECT, reading(reads::get))
        .get("listProjectDocuments", PROJECT + "/documents", reading(documents::list))
        .get("listSupplierProjects", SUPPLIER + "/projects", reading(reads::ofSupplier));
  }

  private static Operations<Principal> issuancesOnRecord(IssuanceReads reads, Refunds refunds) {
    return new Operations<Principal>()
        .get("listIssuances", BASE + "/issuances", reading(reads::list))
        .get("getIssuance", ISSUANCE, reading(reads::get))
        .get("listIssuanceCreditBatches", ISSUANCE + "/credit_batches", reading(reads::batches))
        .get("listSupplierIssuances", SUPPLIER + "/issuances", reading(reads::ofSupplier))
        .get("getRefund", REFUND, reading(refunds::get))
        .get("listRefundCreditBatches", REFUND + "/credit_batches", reading(refunds::batches));
  }

  private static Operations<Caller> ordersOf(
      Orders orders, Deliveries deliveries, DeliveryReads reads, Suppliers suppliers) {
    return new Operations<Caller>()
        .post("createDelivery", DELIVERIES, deliveries::create)
        .get("getOrder", ORDER, orders::get)
        .get("listOrderDeliveries", ORDER + "/deliveries", reads::ofOrder)
        .get("listOrganisationOrders", ORGANISATION + "/orders", orders::ofBuyer)
        .get("listSupplierOrders", SUPPLIER + "/orders", orders::ofSupplier)
        .get("getOwnSupplier", BASE + "/supplier", suppliers::own);
  }

  /** An operation that only needs to know whose registry is read. */
  private static Operation.Handler<Principal> reading(Operation.Handler<TenantId> handler) {
    return (reader, call) -> handler.answer(reader.tenant(), call);
  }
}
