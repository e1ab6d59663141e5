package io.sluice.dialect.corebanq;

import io.sluice.access.CredentialType;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.ledger.TenantId;
import io.sluice.store.corebanq.LedgerTree;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The ledger API that CoreBanq publishes, in its first generation: whole numbers of cents. */
public final class CorebanqDialect implements Dialect {
  private static final String LEDGERS = "/v1/ledgers";
  private static final String LEDGER = LEDGERS + "/:id";
  private static final String AUTHENTICATE = "/v1/authenticate";

  private final List<Endpoint> endpoints;
  private final CorebanqAdministration administration;
  private final CorebanqDemo demo;

  public CorebanqDialect(Services services, LedgerTree tree) {
    var directory = new LedgerDirectory(services.holders());
    var system = new SystemAccounts(services);
    var opening = new LedgerOpening(services, system, tree);
    var view = new LedgerView(services, tree);
    this.administration = new CorebanqAdministration(services, directory, view);
    this.demo = new CorebanqDemo(services, opening);
    var access = new CorebanqAccess(services);
    var login = new CorebanqLogin(services);
    var transfers = new CorebanqTransfers(services, directory);
    var entries = new CorebanqEntries(services, directory, system);
    var ledgers = new CorebanqLedgers(services, directory, opening, view);
    // The router tries one after the other, so the one that is asked most comes first.
    this.endpoints =
        List.of(
            access.writing("transferFunds", LEDGER + "/transfer", transfers::create),
            Endpoint.open(
                "authenticate", HttpMethod.POST, AUTHENTICATE, Consumes.JSON, login::authenticate),
            access.writing("createLedger", LEDGERS, ledgers::create),
            access.reading("listLedgers", LEDGERS, ledgers::list),
            access.reading("getLedger", LEDGER, ledgers::get),
            access.reading("getLedgerBalance", LEDGER + "/balance", ledgers::balance),
            access.writing("createEntry", LEDGER + "/entries", entries::create),
            access.reading("listEntries", LEDGER + "/entries", entries::list));
  }

  @Override
  public String name() {
    return CorebanqAccess.DIALECT;
  }

  @Override
  public String title() {
    return "Ledger: POST /v1/ledgers/{id}/transfer";
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public Operations<TenantId> administration() {
    return administration.operations();
  }

  @Override
  public List<CredentialType> credentials() {
    return List.of(CorebanqAccess.USER);
  }

  @Override
  public boolean owns(String path) {
    return Text.isPathUnder(LEDGERS, path) || Text.isPathUnder(AUTHENTICATE, path);
  }

  @Override
  public Answer fault(Fault fault) {
    return switch (fault) {
      case Fault.NotFound f -> CorebanqErrors.routeNotFound(f.path());
      case Fault.MethodNotAllowed f -> CorebanqErrors.methodNotAllowed(f.method(), f.path());
      case Fault.UnsupportedMediaType f -> CorebanqErrors.unsupportedMediaType();
      case Fault.BodyTooLarge f -> CorebanqErrors.bodyTooLarge(f.limitBytes());
      case Fault.InvalidJson f -> CorebanqErrors.invalidJson(f.reason());
      case Fault.BadRequest f -> CorebanqErrors.badRequest(f.reason());
      case Fault.Overloaded f -> CorebanqErrors.rateLimited(f.retryAfter());
      case Fault.DeadlinePassed f -> CorebanqErrors.deadlinePassed();
      case Fault.Unavailable f -> CorebanqErrors.unavailable();
      case Fault.Defect f -> CorebanqErrors.internal();
    };
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.demonstrate(demonstration);
  }
}
