package io.sluice.dialect.corebanq;

import io.sluice.access.AuditTrail;
import io.sluice.access.SecretBox;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.store.corebanq.CorebanqStores;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The ledger API that CoreBanq publishes, in its first generation: whole numbers of cents. */
public final class CorebanqDialect extends Room {
  private static final String LEDGERS = "/v1/ledgers";
  private static final String LEDGER = LEDGERS + "/:id";
  private static final String BULK = LEDGERS + "/transfers/bulk";
  private static final String AUTHENTICATE = "/v1/authenticate";
  private static final String VERIFY = "/v1/verify-2FA";
  private static final String REFRESH = "/v1/refresh-token";

  /** Whatever CoreBanq publishes of its own below these is answered in its words. */
  private static final List<String> ROOTS =
      List.of(LEDGERS, AUTHENTICATE, REFRESH, "/v1/users", VERIFY);

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Ledger: POST /v1/ledgers/{id}/transfer",
          path -> Text.isPathUnderOne(ROOTS, path),
          Errors::fault);

  public CorebanqDialect(
      Services services,
      CorebanqStores stores,
      Settings settings,
      SecretBox box,
      AuditTrail audit) {
    var directory = new Directory(services);
    var currencies = new Currencies(services);
    var opening = new Opening(services, directory, stores.tree());
    var ledgers = new Ledgers(services, directory, currencies, opening, stores);
    var entries = new Entries(services, directory, stores.entries());
    var transfers = new Transfers(services, directory);
    var changes = new Changes(stores.changes(), ledgers);
    var reconciliation = new Reconciliation(services, directory, stores.recount());
    var statement = new Statement(services, directory, stores.history(), stores.reports());
    var trialBalance = new TrialBalance(services, stores.history(), stores.reports());
    var administration = new Administration(changes, new Users(services, stores.factors(), box));
    var demo = new Demo(services, stores);
    // The router tries one after the other, so the one that is asked most comes first.
    var endpoints =
        new Operations<Caller>()
            .post("transferFunds", LEDGER + "/transfer", Names.WRITE, transfers::create)
            .lines("transferFundsInBulk", BULK, Names.WRITE, services.bulk(), transfers::prepare)
            .and(signingIn(services, stores, settings, box, audit))
            .post("createLedger", LEDGERS, Names.WRITE, ledgers::create)
            .get("listLedgers", LEDGERS, Names.READ, ledgers::list)
            .get("getLedger", LEDGER, Names.READ, ledgers::get)
            .patch("updateLedger", LEDGER, Names.WRITE, changes::change)
            .get("getLedgerBalance", LEDGER + "/balance", Names.READ, ledgers::balance)
            .post("createEntry", LEDGER + "/entries", Names.WRITE, entries::create)
            .get("listEntries", LEDGER + "/entries", Names.READ, entries::list)
            .get("getEntry", LEDGER + "/entries/:entryId", Names.READ, entries::get)
            .get("getStatement", LEDGER + "/statement", Names.READ, statement::show)
            .get(
                "getTrialBalance",
                LEDGERS + "/reports/trial-balance",
                Names.READ,
                trialBalance::show)
            .postNothing(
                "reconcileLedger", LEDGER + "/reconcile", Names.READ, reconciliation::reconcile)
            .behind(
                services.turnstile(
                    new Gate(services.tokens(), services.rateLimiter()),
                    Caller::tenant,
                    Errors::fault,
                    "transferFunds",
                    "transferFundsInBulk",
                    "createEntry"),
                Caller::principal);
    super(
        SIGN,
        new Parts(endpoints, administration.operations(), List.of(Names.USER), demo::demonstrate)
            .withChores(List.of(directory.ahead()))
            .withClues(Names.CLUES)
            .withReversals(new TransferReversals(services)));
  }

  /** Who signs in has no access token yet; who refreshes has one that may have expired. */
  private static Operations<Caller> signingIn(
      Services services,
      CorebanqStores stores,
      Settings settings,
      SecretBox box,
      AuditTrail audit) {
    var apps = new Apps(settings);
    var factors = stores.factors();
    var sessions = new Sessions(services, apps, stores.sessions(), audit);
    var secondFactor = new SecondFactor(services, apps, sessions, factors, box, audit);
    var signIn = new SignIn(services, apps, sessions, secondFactor, factors, audit);
    HttpMethod post = HttpMethod.POST;
    return new Operations<Caller>()
        .open("authenticate", post, AUTHENTICATE, Consumes.JSON, signIn::authenticate)
        .open(
            "authenticateAdmin",
            post,
            AUTHENTICATE + "/admin",
            Consumes.JSON,
            signIn::authenticateAdmin)
        .open("verifySecondFactor", post, VERIFY, Consumes.JSON, secondFactor::verify)
        .open("refreshToken", post, REFRESH, Consumes.NOTHING, sessions::refresh);
  }
}
