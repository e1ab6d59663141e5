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
  private final Administration administration;
  private final Demo demo;

  public CorebanqDialect(Services services, LedgerTree tree) {
    var directory = new Directory(services);
    var currencies = new Currencies(services);
    var opening = new Opening(services, directory, tree);
    var ledgers = new Ledgers(services, directory, currencies, opening, tree);
    var entries = new Entries(services, directory);
    var transfers = new Transfers(services, directory);
    var sessions = new Sessions(services);
    this.administration = new Administration(services, directory, ledgers);
    this.demo = new Demo(services, currencies, opening);
    // The router tries one after the other, so the one that is asked most comes first.
    this.endpoints =
        new Operations<Caller>()
            .post("transferFunds", LEDGER + "/transfer", Names.WRITE, transfers::create)
            .open(
                "authenticate",
                HttpMethod.POST,
                AUTHENTICATE,
                Consumes.JSON,
                sessions::authenticate)
            .post("createLedger", LEDGERS, Names.WRITE, ledgers::create)
            .get("listLedgers", LEDGERS, Names.READ, ledgers::list)
            .get("getLedger", LEDGER, Names.READ, ledgers::get)
            .get("getLedgerBalance", LEDGER + "/balance", Names.READ, ledgers::balance)
            .post("createEntry", LEDGER + "/entries", Names.WRITE, entries::create)
            .get("listEntries", LEDGER + "/entries", Names.READ, entries::list)
            .behind(new Gate(services.tokens(), services.rateLimiter()));
  }

  @Override
  public String name() {
    return Names.DIALECT;
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
    return List.of(Names.USER);
  }

  @Override
  public boolean owns(String path) {
    return Text.isPathUnder(LEDGERS, path) || Text.isPathUnder(AUTHENTICATE, path);
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.demonstrate(demonstration);
  }
}
