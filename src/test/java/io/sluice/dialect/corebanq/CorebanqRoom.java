package io.sluice.dialect.corebanq;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.access.AccessLimits;
import io.sluice.access.JwtTokens;
import io.sluice.access.PasswordCost;
import io.sluice.access.Passwords;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.PgCredentials;
import io.sluice.access.RateLimit;
import io.sluice.access.SigningKeys;
import io.sluice.access.TokenBuckets;
import io.sluice.access.TokenClaims;
import io.sluice.dialect.Services;
import io.sluice.gateway.Gateway;
import io.sluice.gateway.GatewayOptions;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.pipeline.LanePipeline;
import io.sluice.pipeline.PipelineSettings;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRules;
import io.sluice.store.corebanq.LedgerTree;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** This dialect alone behind a real gateway, over a database of its own. */
final class CorebanqRoom implements AutoCloseable {
  /** Cheap, so that tests are fast. */
  private static final PasswordCost CHEAP = new PasswordCost(64, 1, 2, 64);

  private final TestDatabase testDatabase = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = testDatabase.database().pool(vertx);
  private final Clock clock = Clock.systemUTC();
  private final TimeOrderedIds ids = new TimeOrderedIds(clock);
  private final PgTransferStore transfers = new PgTransferStore(pool);
  private final TokenBuckets buckets;
  private final JwtTokens tokens =
      new JwtTokens(
          vertx,
          "https://gateway.example",
          SigningKeys.ephemeral(),
          List.of(),
          new TenantRules(pool),
          AccessLimits.DEFAULT,
          ids,
          clock);
  private final PgCredentialIssuer issuer;
  private final LanePipeline pipeline;
  private final Services services;
  private final CorebanqDialect dialect;
  private final Gateway gateway;

  CorebanqRoom() {
    this(RateLimit.OFF, LedgerFixture.SETTINGS);
  }

  CorebanqRoom(RateLimit rate, PipelineSettings settings) {
    var passwords = new Passwords(vertx, CHEAP);
    var store = new CredentialStore(pool);
    var credentials = new PgCredentials(store, passwords, AccessLimits.DEFAULT, clock);
    var registry = new SimpleMeterRegistry();
    issuer = new PgCredentialIssuer(store, credentials, tokens, passwords, ids, clock);
    buckets = new TokenBuckets(rate, clock);
    pipeline =
        new LanePipeline(vertx, testDatabase.database(), settings, transfers, clock, ids, registry);
    Waiting.on(pipeline.start());
    services =
        new Services(
            pipeline,
            new PgHolderStore(pool, clock),
            new PgAssetStore(pool, clock),
            transfers,
            tokens,
            credentials,
            buckets,
            clock,
            ids);
    dialect = new CorebanqDialect(services, new LedgerTree(pool));
    gateway =
        Waiting.on(
            Gateway.start(vertx, GatewayOptions.DEFAULT.withPort(0), List.of(dialect), registry));
  }

  TenantId newTenant() {
    return Waiting.on(new PgTenantStore(pool).create("tenant " + UUID.randomUUID()))
        .orElseThrow()
        .id();
  }

  /** A user of a tenant, with a token that carries these scopes. */
  CorebanqUser user(TenantId tenant, String... scopes) {
    UUID id = UUID.randomUUID();
    TokenClaims claims =
        new TokenClaims(
            tenant, "corebanq", id, Set.of(scopes), clock.instant().plus(Duration.ofHours(1)));
    return new CorebanqUser(
        id, anonymous().with("Authorization", "Bearer " + tokens.issue(claims)));
  }

  TestClient anonymous() {
    return TestClient.of(baseUrl(), ReplyCheck.NONE);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + gateway.port();
  }

  CorebanqDialect dialect() {
    return dialect;
  }

  Services services() {
    return services;
  }

  LedgerTree tree() {
    return new LedgerTree(pool);
  }

  PgCredentialIssuer issuer() {
    return issuer;
  }

  JwtTokens tokens() {
    return tokens;
  }

  TestDatabase testDatabase() {
    return testDatabase;
  }

  @Override
  public void close() {
    Waiting.on(gateway.stop());
    Waiting.on(pipeline.close(5_000));
    Waiting.on(vertx.close());
    testDatabase.close();
  }
}
