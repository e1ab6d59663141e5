package io.sluice.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.access.CredentialType;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.PasswordCost;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.Rights;
import io.sluice.access.SecretBox;
import io.sluice.access.SigningKeys;
import io.sluice.access.TokenClaims;
import io.sluice.assembly.Assembly;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Foundation;
import io.sluice.assembly.Provider;
import io.sluice.config.ManagementSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.config.TlsSettings;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.operations.AdminCredential;
import io.sluice.operations.ManagementPort;
import io.sluice.operations.Metrics;
import io.sluice.store.access.TenantRate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The whole gateway on a free loopback port over a database of its own. {@link #shared()} is enough
 * for tests that stay within tenants of their own.
 */
public final class TestingGateway implements AutoCloseable {
  private static final long PATIENCE_MS = Patience.LIMIT.toMillis();

  /** A day, which no test runs for. */
  private static final long NEVER_MS = 86_400_000;

  /** Patient, and without work of its own. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("http.port", "0"),
          Map.entry("http.lameDuckMs", "0"),
          Map.entry("events.allowedNetworks", "127.0.0.1/32"),
          Map.entry("http.bodyTimeoutMs", Long.toString(PATIENCE_MS)),
          Map.entry("http.headerTimeoutMs", Long.toString(PATIENCE_MS)),
          Map.entry("http.writeTimeoutMs", Long.toString(PATIENCE_MS)),
          Map.entry("http.requestTimeoutMs", Long.toString(PATIENCE_MS)),
          Map.entry("pipeline.deadlineMs", Long.toString(PATIENCE_MS - 1)),
          Map.entry("pipeline.flushTimeoutMs", Long.toString(PATIENCE_MS - 2)),
          Map.entry("pipeline.maxWaitMs", Long.toString(PATIENCE_MS)),
          // So many that none is refused, and yet the answers tell of the limit.
          Map.entry("scrip.rateLimit.perSecond", "1000000"),
          Map.entry("scrip.rateLimit.burst", "1000000"),
          Map.entry("scrip.dueLots.intervalMs", Long.toString(NEVER_MS)));

  /** Hashed as cheaply as can be. */
  private static final PasswordCost PASSWORD_COST = new PasswordCost(8, 1, 2, 64);

  private static final SigningKeys KEYS = SigningKeys.ephemeral();

  /** What one has encrypted, another can read: they may share a database. */
  private static final SecretBox SECRETS = SecretBox.ephemeral();

  /** Of the management port of {@link #admin()}. */
  public static final String ADMIN_TOKEN = "the-admin-token-of-every-test";

  private static final ReplyCheck MANAGEMENT = new OpenApiCheck(List.of("management"));

  private static TestingGateway shared;

  private final TestDatabase database = TestDatabase.create();
  private final Metrics metrics = new Metrics("test");
  private final Vertx vertx = Vertx.vertx();
  private final Assembly assembly;
  private ManagementPort management;

  private TestingGateway(List<Provider> providers, Map<String, String> changes, Clock clock) {
    var base = foundation(vertx, database, metrics.registry(), clock);
    assembly = Await.result(Assembly.start(base, providers, config(providers, changes)));
  }

  /** A gateway that differs from the usual one in nothing. */
  public static TestingGateway start() {
    return start(Map.of());
  }

  /** A gateway that is configured otherwise in these keys. */
  public static TestingGateway start(Map<String, String> changes) {
    return start(Dialects.ALL, changes, Clock.systemUTC());
  }

  /** A gateway that is configured otherwise in these keys, with a clock of its own. */
  public static TestingGateway start(Map<String, String> changes, Clock clock) {
    return start(Dialects.ALL, changes, clock);
  }

  /** A gateway with a clock of its own. */
  public static TestingGateway start(Clock clock) {
    return start(Dialects.ALL, Map.of(), clock);
  }

  /** A gateway with other providers. */
  public static TestingGateway start(
      List<Provider> providers, Map<String, String> changes, Clock clock) {
    return new TestingGateway(providers, changes, clock);
  }

  /** All but the management port, for tests that bring what it stands on. */
  public static Future<Assembly> assembly(
      Vertx vertx, TestDatabase database, MeterRegistry registry) {
    return Assembly.start(
        foundation(vertx, database, registry, Clock.systemUTC()),
        Dialects.ALL,
        config(Dialects.ALL, Map.of()));
  }

  private static Foundation foundation(
      Vertx vertx, TestDatabase database, MeterRegistry registry, Clock clock) {
    return new Foundation(
        vertx, database.database(), KEYS, SECRETS, PASSWORD_COST, registry, clock);
  }

  private static SluiceConfig config(List<Provider> providers, Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(changes);
    return Dialects.configReader(providers).read(Optional.empty(), Map.of(), settings);
  }

  /** The one that all tests of this JVM share; closed when the JVM ends. */
  public static synchronized TestingGateway shared() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "testing-gateway-exit"));
    }
    return shared;
  }

  public int port() {
    return assembly.gateway().port();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  /** A client whose every answer is checked against the dialects' OpenAPI documents. */
  public TestClient client() {
    return TestClient.of(baseUrl(), check());
  }

  /** Checks answers against the dialects' OpenAPI documents. */
  public ReplyCheck check() {
    return new OpenApiCheck(assembly.dialects().stream().map(Dialect::name).toList());
  }

  /**
   * A client of the management port with the admin token. The port is opened when first asked for.
   */
  public synchronized TestClient admin() {
    if (management == null) {
      management =
          Await.result(
              ManagementPort.start(
                  vertx,
                  ManagementSettings.SECTION.of(Map.of("management.port", "0")),
                  TlsSettings.MANAGEMENT.defaults(),
                  AdminCredential.of(ADMIN_TOKEN),
                  assembly.administration(),
                  metrics,
                  List.of()));
    }
    return TestClient.of("http://127.0.0.1:" + management.port(), MANAGEMENT)
        .with("Authorization", "Bearer " + ADMIN_TOKEN);
  }

  /** A plain connection, for what no HTTP client sends. */
  public RawClient raw() {
    return new RawClient(port());
  }

  /** A new tenant with a name of its own. */
  public TenantId newTenant() {
    String name = "tenant-" + UUID.randomUUID();
    return Await.result(assembly.tenants().create(name)).orElseThrow().id();
  }

  /** Gives a tenant a request rate of its own, as an administrator would. */
  public void limit(TenantId tenant, TenantRate rate) {
    Await.result(assembly.access().rules().setRate(tenant, Optional.of(rate)));
    Await.result(assembly.access().refreshRates());
  }

  /** Makes credentials. */
  public PgCredentialIssuer issuer() {
    return assembly.access().issuer();
  }

  /** The type of credential of that name, which one of the dialects brings. */
  public <T extends CredentialType> T credentialType(String name, Class<T> form) {
    return assembly.dialects().stream()
        .flatMap(dialect -> dialect.credentials().stream())
        .filter(type -> type.name().text().equals(name))
        .map(form::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no type of credential is called " + name));
  }

  /** A new secret of that type. */
  public String secret(String type, TenantId tenant, String label) {
    return Await.result(issuer().issue(credentialType(type, BearerSecret.class), tenant, label));
  }

  /**
   * A token as the gateway itself would issue it, for a credential of its own.
   *
   * @param scopes without any, the token may do everything
   */
  public String token(
      TenantId tenant, String dialect, UUID subject, Set<String> scopes, Instant expiresAt) {
    Rights rights = scopes.isEmpty() ? new Rights.Everything() : new Rights.Scopes(scopes);
    return assembly
        .access()
        .tokens()
        .issue(
            TestCredentials.make(assembly.pools(), tenant, expiresAt),
            new TokenClaims(tenant, dialect, subject, rights, expiresAt));
  }

  /** Carries out an operation of a dialect's administration, without the management port. */
  public Reply administer(String dialect, String method, String path, String body) {
    return Administering.call(vertx, dialect(dialect), method, path, body);
  }

  public Dialect dialect(String name) {
    return assembly.dialects().stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no dialect is called " + name));
  }

  public Services services() {
    return assembly.services();
  }

  public Assembly assembly() {
    return assembly;
  }

  public TestDatabase database() {
    return database;
  }

  public MeterRegistry registry() {
    return metrics.registry();
  }

  @Override
  public void close() {
    Await.result(assembly.stop());
    Await.result(vertx.close());
    metrics.close();
    database.close();
  }
}
