package io.sluice.dialect.corebanq;

import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Login;
import io.sluice.access.Rights;
import io.sluice.dialect.DemoIds;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Services;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import io.sluice.ledger.Digest;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.access.Backing;
import io.sluice.store.corebanq.CorebanqStores;
import io.sluice.store.corebanq.SecondFactors.Mode;
import io.sluice.store.corebanq.SecondFactors.Rule;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Two ledgers, one with ample funds, and a user with every role who may move them. */
record Demo(Services services, CorebanqStores stores) {
  private static final int SERIES = 3;
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
    String password = password();
    return user(demonstration, password)
        .compose(
            user ->
                ledger(tenant, user.id(), "demo-checking", AMPLE_CENTS, 0)
                    .compose(
                        source ->
                            ledger(tenant, user.id(), "demo-savings", 0, 1)
                                .map(
                                    target ->
                                        signIn(password)
                                            + line(demonstration, user, source, target))));
  }

  private static String signIn(String password) {
    return "# username %s, password %s%n".formatted(USERNAME, password);
  }

  private Future<Backing.Credential> user(Demonstration demonstration, String password) {
    var everything = new Rule(true, Mode.OFF, Optional.empty());
    return demonstration
        .issuer()
        .issue(Names.USER, demonstration.tenant(), USERNAME, password)
        .compose(
            id -> stores.factors().put(demonstration.tenant(), Names.USER.name(), id, everything))
        .compose(
            set -> services.credentials().login(Names.USER, USERNAME, password, ClientAddress.NONE))
        .compose(
            login ->
                login instanceof Login.Success success
                    ? Future.succeededFuture(success.user())
                    : Future.failedFuture("the demo's user cannot log in: " + login));
  }

  /** The next start sets another one. */
  private static String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Opens a ledger, or finds it.
   *
   * @param place which series of the demo's ids it begins
   */
  private Future<Holder> ledger(TenantId tenant, UUID user, String code, long balance, int place) {
    Services fixed = services.withIds(new DemoIds(SERIES + place).thenOf(services.ids()));
    var opening = new Opening(fixed, new Directory(fixed), stores.tree());
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
    return new Currencies(services)
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
