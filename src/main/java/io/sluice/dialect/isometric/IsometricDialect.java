package io.sluice.dialect.isometric;

import io.sluice.access.CredentialType;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.IsometricStores;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Isometric's Registry API: transfers of carbon credits between organisations. */
public final class IsometricDialect implements Dialect {
  private static final String PREFIX = "/registry";
  private static final String BASE = PREFIX + "/v0";

  private final Transfers transfers;
  private final TransferReads transferReads;
  private final CreditBatches batches;
  private final CreditBalances balances;
  private final Organisations organisations;
  private final Suppliers suppliers;
  private final Administration administration;
  private final Demo demo;
  private final CredentialType organisationToken;

  public IsometricDialect(Services services, IsometricStores stores, Settings settings) {
    var codec = new IdCodec(settings.environment());
    var ids = new IdMaker(services.clock());
    var directory = new Directory(services.holders());
    var transferees = new TransfereeLists(stores.transferees());
    var access = new Gate(services, directory);
    transfers = new Transfers(access, directory, transferees, services.pipeline(), codec, ids);
    transferReads =
        new TransferReads(
            access, services.transfers(), stores.transfers(), stores.batches(), codec);
    batches = new CreditBatches(access, directory, stores.batches(), codec);
    balances = new CreditBalances(access, directory, stores.batches(), codec);
    organisations = new Organisations(access, directory, transferees, stores.parties(), codec);
    suppliers = new Suppliers(access, directory, stores.parties(), codec);
    var parties = new PartyAdministration(services, directory, transferees, codec, ids);
    var issuing = new IssuanceAdministration(services, directory, stores, codec, ids);
    administration = new Administration(parties, issuing);
    organisationToken =
        Names.organisationToken(
            (tenant, id) ->
                directory
                    .organisation(tenant, codec, id)
                    .map(found -> found.map(organisation -> organisation.id().value())));
    demo = new Demo(services, parties, issuing, codec, ids);
  }

  @Override
  public String name() {
    return Names.DIALECT;
  }

  @Override
  public String title() {
    return "Isometric: POST /registry/v0/transfers";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open(
            "createTransfer",
            HttpMethod.POST,
            BASE + "/transfers",
            Consumes.JSON,
            transfers::create),
        get("listTransfers", "/transfers", transferReads::list),
        get("getTransfer", "/transfers/:id", transferReads::get),
        get("listTransferCreditBatches", "/transfers/:id/credit_batches", transferReads::batches),
        get("listTransferees", "/transferees", organisations::transferees),
        get("getCreditBatch", "/credit_batches/:id", batches::get),
        get("getOwnOrganisation", "/organisation", organisations::own),
        get("getOrganisation", "/organisations/:id", organisations::get),
        get(
            "listOrganisationCreditBatches",
            "/organisations/:id/credit_batches",
            batches::ofOrganisation),
        get("getCreditBalance", "/organisations/:id/credit_balance", balances::get),
        get("listSuppliers", "/suppliers", suppliers::list),
        get("getSupplier", "/suppliers/:id", suppliers::get));
  }

  @Override
  public Operations<TenantId> administration() {
    return administration.operations();
  }

  @Override
  public List<CredentialType> credentials() {
    return List.of(Names.CLIENT_SECRET, organisationToken);
  }

  @Override
  public boolean owns(String path) {
    return Text.isPathUnder(PREFIX, path);
  }

  @Override
  public Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound notFound -> Errors.unknownRoute();
      case Fault.MethodNotAllowed method -> Errors.methodNotAllowed();
      // The framework reads a body of another type as bytes, which are no object.
      case Fault.UnsupportedMediaType type -> Errors.notJson();
      case Fault.BodyTooLarge(int limitBytes) -> Errors.bodyTooLarge(limitBytes);
      case Fault.InvalidJson(String reason) -> Errors.invalidJson(reason);
      case Fault.BadRequest(String reason) -> Errors.rule(reason);
      case Fault.Overloaded(Duration retryAfter) -> Errors.overloaded(retryAfter);
      case Fault.DeadlinePassed passed -> Errors.deadlinePassed();
      case Fault.Unavailable unavailable -> Errors.unavailable();
      case Fault.Defect defect -> Errors.defect();
    };
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.demonstrate(demonstration);
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, BASE + path, Consumes.NOTHING, handler);
  }
}
