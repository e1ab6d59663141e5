package io.sluice.dialect.orum;

import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.store.orum.BookTransferListing;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Orum's Deliver API: book transfers of dollars, subledgers, balances. */
public final class OrumDialect extends Room {
  private static final String PREFIX = "/deliver";

  /** Below these everything is the provider's, also what is not served here. */
  private static final List<String> ROOTS = List.of(PREFIX, "/oauth", "/webhooks", "/verify");

  private static final String TRANSFERS = PREFIX + "/booktransfers";
  private static final String SUBLEDGERS = PREFIX + "/subledgers";
  private static final String BALANCE = PREFIX + "/balance";

  private static final Sign SIGN =
      new Sign(Names.DIALECT, "Orum: POST " + TRANSFERS, OrumDialect::isOurs, Errors::fault);

  public OrumDialect(Services services, BookTransferListing listing) {
    var enterprises = new Enterprises(services);
    var directory = new Directory(services.holders());
    var tokens = new AccessTokens(services);
    var transfers = new Transfers(services, enterprises, directory);
    var transferList = new TransferList(services.transfers(), listing, directory);
    var subledgers = new Subledgers(services, enterprises);
    var balances = new Balances(services.holders(), enterprises, subledgers);
    var administration = new Administration(services, enterprises);
    var demo = new Demo(services, administration, subledgers, transfers);
    var endpoints =
        new Operations<Caller>()
            .open(
                "createAccessToken",
                HttpMethod.POST,
                Names.TOKEN_PATH,
                Consumes.JSON_OR_FORM,
                tokens::issue)
            .post("createBookTransfer", TRANSFERS, Scopes.WRITE_BOOK_TRANSFERS, transfers::create)
            .get("listBookTransfers", TRANSFERS, Scopes.READ_BOOK_TRANSFERS, transferList::list)
            .get("getBookTransfer", TRANSFERS + "/:id", Scopes.READ_BOOK_TRANSFERS, transfers::get)
            .post("createSubledger", SUBLEDGERS, Scopes.WRITE_SUBLEDGERS, subledgers::create)
            .get("listSubledgers", SUBLEDGERS, Scopes.READ_SUBLEDGERS, subledgers::list)
            .get("getSubledger", SUBLEDGERS + "/:id", Scopes.READ_SUBLEDGERS, subledgers::get)
            .get("getBalance", BALANCE, Scopes.READ_BALANCES, balances::enterprise)
            .get(
                "listSubledgerBalances",
                BALANCE + "/subledgers",
                Scopes.READ_BALANCES,
                balances::subledgers)
            .get(
                "getSubledgerBalance",
                BALANCE + "/subledgers/:id",
                Scopes.READ_BALANCES,
                balances::subledger)
            .behind(
                services.turnstile(
                    new Gate(services.tokens(), services.rateLimiter()),
                    Caller::tenant,
                    Errors::fault,
                    "createBookTransfer"),
                Caller::principal);
    super(
        SIGN,
        new Parts(
            endpoints, administration.operations(), List.of(Names.CLIENT), demo::demonstrate));
  }

  private static boolean isOurs(String path) {
    return ROOTS.stream().anyMatch(root -> Text.isPathUnder(root, path));
  }
}
