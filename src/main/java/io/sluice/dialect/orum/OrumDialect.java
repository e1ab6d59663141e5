package io.sluice.dialect.orum;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Courier;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.store.orum.OrumStores;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;

/** Orum's Deliver API: book transfers of dollars, who owns them, subledgers, balances. */
public final class OrumDialect extends Room {
  private static final String PREFIX = "/deliver";

  /** Below these everything is the provider's, also what is not served here. */
  private static final List<String> ROOTS = List.of(PREFIX, "/oauth", Names.WEBHOOKS, "/verify");

  private static final String PERSONS = PREFIX + "/persons";
  private static final String BUSINESSES = PREFIX + "/businesses";
  private static final String TRANSFERS = PREFIX + "/booktransfers";
  private static final String SUBLEDGERS = PREFIX + "/subledgers";
  private static final String BALANCE = PREFIX + "/balance";

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Orum: POST " + TRANSFERS,
          path -> Text.isPathUnderOne(ROOTS, path),
          Errors::fault);

  private final Courier courier;

  public OrumDialect(Services services, OrumStores stores, EventParts parts) {
    Desks desks = Desks.of(services, stores, parts);
    courier = desks.courier();
    super(
        SIGN,
        new Parts(
                endpoints(services, desks),
                desks.administration().operations(),
                List.of(Names.CLIENT),
                demonstration ->
                    Desks.demo(demonstration, services, stores, parts).demonstrate(demonstration))
            .withChores(
                List.of(
                    new Chore(
                        "orum.verification",
                        Verification.PAUSE,
                        Verification.SHARE_PERCENT,
                        desks.verification()::settleDue),
                    desks.directory().ahead()))
            .withClues(Names.CLUES)
            .withReversals(desks.reversals()));
  }

  @Override
  public Optional<Courier> courier() {
    return Optional.of(courier);
  }

  private static List<Endpoint> endpoints(Services services, Desks desks) {
    var turnstile =
        services.turnstile(
            new Gate(services.tokens(), services.rateLimiter()),
            Caller::tenant,
            Errors::fault,
            "createBookTransfer");
    // The router tries one after the other, so the one that is asked most comes first.
    return new Operations<Caller>()
        .and(transfers(desks))
        .open(
            "createAccessToken",
            HttpMethod.POST,
            Names.TOKEN_PATH,
            Consumes.JSON_OR_FORM,
            desks.tokens()::issue)
        .and(persons(desks))
        .and(businesses(desks))
        .and(subledgers(desks))
        .and(balances(desks.balances()))
        .and(reports(desks))
        .and(webhooks(desks.webhooks()))
        .behind(turnstile, Caller::principal);
  }

  private static Operations<Caller> transfers(Desks desks) {
    Transfers transfers = desks.transfers();
    return new Operations<Caller>()
        .post("createBookTransfer", TRANSFERS, Scopes.WRITE_BOOK_TRANSFERS, transfers::create)
        .get("listBookTransfers", TRANSFERS, Scopes.READ_BOOK_TRANSFERS, desks.transferList()::list)
        .get("getBookTransfer", TRANSFERS + "/:id", Scopes.READ_BOOK_TRANSFERS, transfers::get);
  }

  private static Operations<Caller> subledgers(Desks desks) {
    Subledgers subledgers = desks.subledgers();
    return new Operations<Caller>()
        .post("createSubledger", SUBLEDGERS, Scopes.WRITE_SUBLEDGERS, subledgers::create)
        .get("listSubledgers", SUBLEDGERS, Scopes.READ_SUBLEDGERS, subledgers::list)
        .get("getSubledger", SUBLEDGERS + "/:id", Scopes.READ_SUBLEDGERS, subledgers::get);
  }

  private static Operations<Caller> balances(Balances balances) {
    String ofSubledgers = BALANCE + "/subledgers";
    return new Operations<Caller>()
        .get("getBalance", BALANCE, Scopes.READ_BALANCES, balances::enterprise)
        .get("listSubledgerBalances", ofSubledgers, Scopes.READ_BALANCES, balances::subledgers)
        .get(
            "getSubledgerBalance",
            ofSubledgers + "/:id",
            Scopes.READ_BALANCES,
            balances::subledger);
  }

  private static Operations<Caller> reports(Desks desks) {
    Reports reports = desks.reports();
    String recon = Names.REPORTS + "/recon";
    String one = Names.REPORTS + "/:id";
    return new Operations<Caller>()
        .post("createReport", recon, Scopes.WRITE_REPORTS, reports::create)
        .get("listReports", recon, Scopes.READ_REPORTS, reports::list)
        .get("getReport", recon + "/:id", Scopes.READ_REPORTS, reports::get)
        .delete("deleteReport", one, Scopes.WRITE_REPORTS, reports::delete)
        .get("downloadReport", one + "/download", Scopes.READ_REPORTS, reports::download)
        .get(
            "getBalanceSummary",
            Names.REPORTS + "/balances",
            Scopes.READ_REPORTS,
            desks.balanceSummary()::get);
  }

  private static Operations<Caller> webhooks(Webhooks webhooks) {
    String configurations = Names.WEBHOOKS + "/configurations";
    String one = configurations + "/:id";
    String secret = Names.WEBHOOKS + "/secret";
    return new Operations<Caller>()
        .post(
            "createWebhookConfiguration",
            configurations,
            Scopes.WRITE_CONFIGURATIONS,
            webhooks::create)
        .get(
            "listWebhookConfigurations", configurations, Scopes.READ_CONFIGURATIONS, webhooks::list)
        .put("replaceWebhookConfiguration", one, Scopes.WRITE_CONFIGURATIONS, webhooks::replace)
        .delete("deleteWebhookConfiguration", one, Scopes.WRITE_CONFIGURATIONS, webhooks::delete)
        .postNothing("makeWebhookSecret", secret, Scopes.WRITE_SECRET, webhooks::makeSecret)
        .get("getWebhookSecret", secret, Scopes.READ_SECRET, webhooks::getSecret)
        .post("invokeWebhook", Names.WEBHOOKS + "/invoke", Scopes.INVOKE, webhooks::invoke);
  }

  private static Operations<Caller> persons(Desks desks) {
    Customers persons = desks.persons();
    return new Operations<Caller>()
        .post("createPerson", PERSONS, Scopes.WRITE_PERSONS, persons::create)
        .get("listPersons", PERSONS, Scopes.READ_PERSONS, desks.personList()::list)
        .put(
            "replacePersonByReferenceId",
            PERSONS,
            Scopes.WRITE_PERSONS,
            persons::replaceByReference)
        .get("getPerson", PERSONS + "/:id", Scopes.READ_PERSONS, persons::get)
        .put("replacePerson", PERSONS + "/:id", Scopes.WRITE_PERSONS, persons::replace)
        .patch("changePerson", PERSONS + "/:id", Scopes.WRITE_PERSONS, persons::change)
        .delete("closePerson", PERSONS + "/:id", Scopes.WRITE_PERSONS, persons::close);
  }

  private static Operations<Caller> businesses(Desks desks) {
    Customers businesses = desks.businesses();
    return new Operations<Caller>()
        .post("createBusiness", BUSINESSES, Scopes.WRITE_BUSINESSES, businesses::create)
        .get("listBusinesses", BUSINESSES, Scopes.READ_BUSINESSES, desks.businessList()::list)
        .put(
            "replaceBusinessByReferenceId",
            BUSINESSES,
            Scopes.WRITE_BUSINESSES,
            businesses::replaceByReference)
        .get("getBusiness", BUSINESSES + "/:id", Scopes.READ_BUSINESSES, businesses::get)
        .put("replaceBusiness", BUSINESSES + "/:id", Scopes.WRITE_BUSINESSES, businesses::replace)
        .patch("changeBusiness", BUSINESSES + "/:id", Scopes.WRITE_BUSINESSES, businesses::change)
        .delete("closeBusiness", BUSINESSES + "/:id", Scopes.WRITE_BUSINESSES, businesses::close);
  }
}
