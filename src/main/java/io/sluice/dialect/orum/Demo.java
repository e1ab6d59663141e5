package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Client;
import io.sluice.access.IssuedClient;
import io.sluice.access.Rights;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
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
  private static final String OPERATIONS = "operations";
  private static final String PAYOUTS = "payouts";

  /** Ten billion dollars for the enterprise, of which one billion for the paying subledger. */
  private static final long ENTERPRISE_CENTS = 1_000_000_000_000L;

  private static final long OPERATIONS_CENTS = 100_000_000_000L;
  private static final int SHOWN_CENTS = 1250;

  Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    String operations = demonstration.named(OPERATIONS);
    String payouts = demonstration.named(PAYOUTS);
    String customer = demonstration.named("customer");
    var allotment =
        new TransferRequest(
            demonstration.named("allotment"),
            demonstration.funds(OPERATIONS_CENTS, SHOWN_CENTS),
            Optional.empty(),
            Optional.empty(),
            Optional.of(operations));
    Amount funds = demonstration.funds(ENTERPRISE_CENTS, SHOWN_CENTS);
    // Every time but the first, each step finds its work done and changes nothing.
    return administration
        .fund(tenant, demonstration.named("funding"), funds)
        .compose(done -> unlessThere(businesses.openVerified(tenant, customer(customer))))
        .compose(done -> subledger(tenant, operations, Enterprises.DEFAULT_REFERENCE))
        .compose(done -> subledger(tenant, payouts, customer))
        .compose(done -> transfers.submit(Principal.operator(tenant), allotment))
        .compose(
            done ->
                demonstration
                    .issuer()
                    .issue(Names.CLIENT, tenant, demonstration.name(), Scopes.ALL))
        .compose(
            client ->
                token(demonstration, client).map(token -> shown(demonstration, client, token)));
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

  private static CustomerRequest customer(String reference) {
    return CustomerRequest.whole(
        CustomerForm.BUSINESS,
        JsonNodeFactory.instance
            .objectNode()
            .put(Reader.CUSTOMER_ID, reference)
            .put("legal_name", "Demo Customer"));
  }

  private Future<String> token(Demonstration demonstration, IssuedClient client) {
    Duration lifetime = demonstration.pick(TOKEN_LIFETIME, AccessTokens.LIFETIME);
    return services
        .credentials()
        .find(Names.CLIENT, client.clientId(), client.clientSecret(), ClientAddress.NONE)
        .map(Optional::orElseThrow)
        .map(found -> token(found, lifetime));
  }

  private String token(Client client, Duration lifetime) {
    return services.token(
        client.tenant(),
        Names.DIALECT,
        client.backing(),
        new Rights.Scopes(client.scopes()),
        lifetime);
  }

  private static FirstTransfer shown(
      Demonstration demonstration, IssuedClient client, String token) {
    String line =
        """
        curl -sS %s/deliver/booktransfers %s \
        -H 'Content-Type: application/json' -d '{"book_transfer_reference_id":\
        "%s-'$(cat /proc/sys/kernel/random/uuid)'","amount":%d,"currency":"USD",\
        "source":{"subledger_reference_id":"%s"},"destination":{"subledger_reference_id":"%s"}}'\
        """
            .formatted(
                demonstration.baseUrl(),
                FirstTransfer.HEADERS,
                demonstration.name(),
                SHOWN_CENTS,
                demonstration.named(OPERATIONS),
                demonstration.named(PAYOUTS));
    return new FirstTransfer(
        Map.of("client_id", client.clientId(), "client_secret", client.clientSecret()),
        Map.of("Authorization", "Bearer " + token, Names.VERSION_HEADER, Names.VERSION),
        line);
  }
}
