package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Client;
import io.sluice.access.IssuedClient;
import io.sluice.access.Rights;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Sets up an enterprise with money, a customer and two subledgers, and shows one transfer between
 * them.
 */
record Demo(
    Services services,
    Administration administration,
    Customers businesses,
    Subledgers subledgers,
    Transfers transfers) {
  /** Longer than a client's own tokens, so that a page left open on a screen still works. */
  private static final Duration TOKEN_LIFETIME = Duration.ofDays(30);

  static final int SERIES = 2;
  private static final String LABEL = "demo";
  private static final String OPERATIONS = "demo-operations";
  private static final String PAYOUTS = "demo-payouts";
  private static final String CUSTOMER = "demo-customer";

  /** Ten billion dollars for the enterprise, of which one billion for the paying subledger. */
  private static final Amount ENTERPRISE_CENTS = Amount.of(1_000_000_000_000L);

  private static final Amount OPERATIONS_CENTS = Amount.of(100_000_000_000L);
  private static final int SHOWN_CENTS = 1250;

  Future<String> demonstrate(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    var allotment =
        new TransferRequest(
            "demo-allotment",
            OPERATIONS_CENTS,
            Optional.empty(),
            Optional.empty(),
            Optional.of(OPERATIONS));
    // On every start but the first, each step finds its work done and changes nothing.
    return administration
        .fund(tenant, "demo-funding", ENTERPRISE_CENTS)
        .compose(done -> unlessThere(businesses.openVerified(tenant, customer())))
        .compose(done -> subledger(tenant, OPERATIONS, Enterprises.DEFAULT_REFERENCE))
        .compose(done -> subledger(tenant, PAYOUTS, CUSTOMER))
        .compose(done -> transfers.submit(Principal.operator(tenant), allotment))
        .compose(done -> demonstration.issuer().issue(Names.CLIENT, tenant, LABEL, Scopes.ALL))
        .compose(
            client -> token(client).map(token -> command(demonstration.baseUrl(), client, token)));
  }

  private Future<Void> subledger(TenantId tenant, String reference, String owner) {
    return unlessThere(subledgers.open(tenant, reference, owner));
  }

  /** That the reference id was used before is no error here. */
  private static Future<Void> unlessThere(Future<?> opened) {
    return opened
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof ApiException
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private static CustomerRequest customer() {
    return CustomerRequest.whole(
        CustomerForm.BUSINESS,
        JsonNodeFactory.instance
            .objectNode()
            .put(Reader.CUSTOMER_ID, CUSTOMER)
            .put("legal_name", "Demo Customer"));
  }

  private Future<String> token(IssuedClient client) {
    return services
        .credentials()
        .find(Names.CLIENT, client.clientId(), client.clientSecret(), ClientAddress.NONE)
        .map(Optional::orElseThrow)
        .map(this::token);
  }

  private String token(Client client) {
    return services.token(
        client.tenant(),
        Names.DIALECT,
        client.backing(),
        new Rights.Scopes(client.scopes()),
        TOKEN_LIFETIME);
  }

  private static String command(String baseUrl, IssuedClient client, String token) {
    return """
    # client_id %s, client_secret %s
    curl -sS %s/deliver/booktransfers -H 'Authorization: Bearer %s' -H 'Orum-Version: %s' \
    -H 'Content-Type: application/json' -d '{"book_transfer_reference_id":\
    "demo-'$(cat /proc/sys/kernel/random/uuid)'","amount":%d,"currency":"USD",\
    "source":{"subledger_reference_id":"%s"},"destination":{"subledger_reference_id":"%s"}}'\
    """
        .formatted(
            client.clientId(),
            client.clientSecret(),
            baseUrl,
            token,
            Names.VERSION,
            SHOWN_CENTS,
            OPERATIONS,
            PAYOUTS);
  }
}
