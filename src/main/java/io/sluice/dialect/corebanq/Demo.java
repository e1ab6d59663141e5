package io.sluice.dialect.corebanq;

import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Login;
import io.sluice.access.Rights;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Services;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import io.sluice.ledger.Digest;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.access.Backing;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Two ledgers, one with ample funds, and a user who may move them. */
record Demo(Services services, Currencies currencies, Opening opening) {
  private static final String USERNAME = "demo";
  private static final String EUR = "EUR";
  private static final Currency CURRENCY =
      new Currency(Digest.start().add(Names.CURRENCY).add(EUR).toUuid(), EUR);

  /** The line is to be pasted whenever somebody comes back to the console. */
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  private static final long AMPLE_CENTS = 1_000_000_000_00L;
  private static final long AMOUNT_CENTS = 12_50;
  private static final int PASSWORD_BYTES = 24;

  Future<String> demonstrate(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    return user(demonstration)
        .compose(
            user ->
                ledger(tenant, user.id(), "demo-checking", AMPLE_CENTS)
                    .compose(
                        source ->
                            ledger(tenant, user.id(), "demo-savings", 0)
                                .map(target -> line(demonstration, user, source, target))));
  }

  private Future<Backing.Credential> user(Demonstration demonstration) {
    String password = password();
    return demonstration
        .issuer()
        .issue(Names.USER, demonstration.tenant(), USERNAME, password)
        .compose(
            id -> services.credentials().login(Names.USER, USERNAME, password, ClientAddress.NONE))
        .compose(
            login ->
                login instanceof Login.Success success
                    ? Future.succeededFuture(success.user())
                    : Future.failedFuture("the demo's user cannot log in: " + login));
  }

  /** Nobody else logs in with it: the line carries a token, and the next start sets another one. */
  private static String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Future<Holder> ledger(TenantId tenant, UUID user, String code, long balance) {
    Ledger ledger =
        new Ledger(
            "Demonstration",
            "liability",
            CURRENCY,
            Overdraft.NONE,
            balance,
            Optional.empty(),
            Optional.empty(),
            Metadata.NONE,
            user);
    return currencies
        .use(tenant, CURRENCY)
        .compose(
            asset ->
                opening.openOrFind(
                    Principal.operator(tenant), code, new LedgerDetail(ledger, asset)));
  }

  private String line(
      Demonstration demonstration, Backing.Credential user, Holder source, Holder target) {
    TenantId tenant = demonstration.tenant();
    var everything = new Rights.Everything();
    String token = services.token(tenant, Names.DIALECT, user, everything, TOKEN_LIFETIME);
    return """
    curl -sS -X POST %s/v1/ledgers/%s/transfer -H 'Authorization: Bearer %s' \
    -H 'Content-Type: application/json' -d '{"destination_ledger_id":"%s","amount":%d,\
    "description":"Demonstration",\
    "transaction_id":"'$(cat /proc/sys/kernel/random/uuid)'"}'\
    """
        .formatted(
            demonstration.baseUrl(), source.id().value(), token, target.id().value(), AMOUNT_CENTS);
  }
}
