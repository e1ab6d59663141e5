package io.sluice.dialect.corebanq;

import io.sluice.access.ClientAddress;
import io.sluice.access.Credentials.Login;
import io.sluice.access.Rights;
import io.sluice.dialect.DemoIds;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Two ledgers, one with funds, and a user with every role who may move them. */
record Demo(Services services, CorebanqStores stores) {
  private static final int SERIES = 3;
  private static final String EUR = "EUR";
  private static final Currency CURRENCY =
      new Currency(Digest.start().add(Names.CURRENCY).add(EUR).toUuid(), EUR);

  /** The line is to be pasted whenever somebody comes back to the console. */
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  private static final long AMPLE_CENTS = 1_000_000_000_00L;
  private static final long AMOUNT_CENTS = 12_50;
  private static final int PASSWORD_BYTES = 24;

  Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    String password = password();
    long funds = demonstration.funds(AMPLE_CENTS, AMOUNT_CENTS).units().longValueExact();
    return user(demonstration, password)
        .compose(
            user ->
                ledger(demonstration, user.id(), "checking", funds, 0)
                    .compose(
                        source ->
                            ledger(demonstration, user.id(), "savings", 0, 1)
                                .map(
                                    target ->
                                        shown(demonstration, user, password, source, target))));
  }

  private Future<Backing.Credential> user(Demonstration demonstration, String password) {
    var everything = new Rule(true, Mode.OFF, Optional.empty());
    return demonstration
        .issuer()
        .issue(Names.USER, demonstration.tenant(), demonstration.name(), password)
        .compose(
            id -> stores.factors().put(demonstration.tenant(), Names.USER.name(), id, everything))
        .compose(
            set ->
                services
                    .credentials()
                    .login(Names.USER, demonstration.name(), password, ClientAddress.NONE))
        .compose(
            login ->
                login instanceof Login.Success success
                    ? Future.succeededFuture(success.user())
                    : Future.failedFuture("the new user cannot log in: " + login));
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
   * @param name the end of its code
   * @param place which series of the demo's ids it begins
   */
  private Future<Holder> ledger(
      Demonstration demonstration, UUID user, String name, long balance, int place) {
    TenantId tenant = demonstration.tenant();
    Services fixed =
        demonstration.isDemo()
            ? services.withIds(new DemoIds(SERIES + place).thenOf(services.ids()))
            : services;
    var opening = new Opening(fixed, new Directory(fixed), stores.tree());
    Ledger ledger =
        new Ledger(
            demonstration.pick("Demonstration", demonstration.named(name)),
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
                    Principal.operator(tenant),
                    demonstration.named(name),
                    new LedgerDetail(ledger, asset)));
  }

  private FirstTransfer shown(
      Demonstration demonstration,
      Backing.Credential user,
      String password,
      Holder source,
      Holder target) {
    Duration lifetime = demonstration.pick(TOKEN_LIFETIME, Sessions.TOKEN_LIFETIME);
    String token =
        services.token(
            demonstration.tenant(), Names.DIALECT, user, new Rights.Everything(), lifetime);
    String line =
        """
        curl -sS -X POST %s/v1/ledgers/%s/transfer %s \
        -H 'Content-Type: application/json' -d '{"destination_ledger_id":"%s","amount":%d,\
        "description":"%s",\
        "transaction_id":"'$(cat /proc/sys/kernel/random/uuid)'"}'\
        """
            .formatted(
                demonstration.baseUrl(),
                source.id().value(),
                FirstTransfer.HEADERS,
                target.id().value(),
                AMOUNT_CENTS,
                demonstration.description());
    return new FirstTransfer(
        Map.of("username", demonstration.name(), "password", password),
        Map.of("Authorization", "Bearer " + token),
        line);
  }
}
