package io.sluice.dialect.orum;

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
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Orum's Deliver API: book transfers of dollars, subledgers, balances. */
public final class OrumDialect implements Dialect {
  static final String NAME = "orum";

  /** What a client is told to wait when its request was given up in the queue. */
  static final Duration RETRY_AFTER_EXPIRY = Duration.ofSeconds(1);

  private static final String PREFIX = "/deliver";
  private static final String TOKEN_PATH = "/oauth/token";

  private final OrumTokens tokens;
  private final OrumTransfers transfers;
  private final OrumTransferList transferList;
  private final OrumSubledgers subledgers;
  private final OrumBalances balances;
  private final OrumAdministration administration;
  private final OrumDemo demo;

  public OrumDialect(Services services) {
    var access = new OrumAccess(services);
    var enterprises = new OrumEnterprises(services);
    var directory = new OrumDirectory(services);
    tokens = new OrumTokens(services);
    transfers = new OrumTransfers(services, access, enterprises, directory);
    transferList = new OrumTransferList(services, access, directory);
    subledgers = new OrumSubledgers(services, access, enterprises);
    balances = new OrumBalances(services, access, enterprises, subledgers);
    administration = new OrumAdministration(services, enterprises);
    demo = new OrumDemo(services, administration, subledgers, transfers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Orum: POST /deliver/booktransfers";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open(
            "createAccessToken", HttpMethod.POST, TOKEN_PATH, Consumes.JSON_OR_FORM, tokens::issue),
        post("createBookTransfer", "/deliver/booktransfers", transfers::create),
        get("listBookTransfers", "/deliver/booktransfers", transferList::list),
        get("getBookTransfer", "/deliver/booktransfers/:id", transfers::get),
        post("createSubledger", "/deliver/subledgers", subledgers::create),
        get("listSubledgers", "/deliver/subledgers", subledgers::list),
        get("getSubledger", "/deliver/subledgers/:id", subledgers::get),
        get("getBalance", "/deliver/balance", balances::enterprise),
        get("listSubledgerBalances", "/deliver/balance/subledgers", balances::subledgers),
        get("getSubledgerBalance", "/deliver/balance/subledgers/:id", balances::subledger));
  }

  @Override
  public Operations<TenantId> administration() {
    return administration.operations();
  }

  @Override
  public boolean owns(String path) {
    return Text.isPathUnder(PREFIX, path) || path.startsWith("/oauth/");
  }

  @Override
  public Answer fault(Fault fault) {
    return switch (fault) {
      // Orum declares no 405, 413 or 415.
      case Fault.NotFound notFound -> OrumErrors.notFound();
      case Fault.MethodNotAllowed method -> OrumErrors.notFound();
      case Fault.UnsupportedMediaType type ->
          OrumErrors.badRequest(
              "the Content-Type must be application/json, or for " + TOKEN_PATH + " a form");
      case Fault.BodyTooLarge(int limitBytes) ->
          OrumErrors.badRequest("the body has more than " + limitBytes + " bytes");
      case Fault.InvalidJson(String reason) -> OrumErrors.badRequest(reason);
      case Fault.BadRequest(String reason) -> OrumErrors.badRequest(reason);
      case Fault.Overloaded(Duration retryAfter) -> OrumErrors.tooManyRequests(retryAfter);
      case Fault.DeadlinePassed passed -> OrumErrors.tooManyRequests(RETRY_AFTER_EXPIRY);
      case Fault.Unavailable unavailable -> OrumErrors.fateUnknown();
      case Fault.Defect defect -> OrumErrors.internalServerError();
    };
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.demonstrate(demonstration);
  }

  private static Endpoint post(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.POST, path, Consumes.JSON, handler);
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Consumes.NOTHING, handler);
  }
}
