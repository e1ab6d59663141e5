package io.sluice.testing;

import static io.sluice.operations.ManagementOptions.CHECK_DEADLINE_MS;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.access.AccessLimits;
import io.sluice.access.PasswordCost;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.RateLimit;
import io.sluice.access.SigningKeys;
import io.sluice.access.TokenClaims;
import io.sluice.assembly.Assembly;
import io.sluice.assembly.AssemblyOptions;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.dialect.isometric.Environment;
import io.sluice.gateway.GatewayOptions;
import io.sluice.ledger.TenantId;
import io.sluice.operations.AdminCredential;
import io.sluice.operations.Management;
import io.sluice.operations.ManagementOptions;
import io.sluice.operations.Metrics;
import io.sluice.pipeline.PipelineSettings;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The whole gateway on a free loopback port over a database of its own. {@link #shared()} is enough
 * for tests that stay within tenants of their own.
 */
public final class TestingGateway implements AutoCloseable {
  /** Fast, roomy and without a rate limit; passwords are hashed as cheaply as can be. */
  public static final AssemblyOptions OPTIONS =
      new AssemblyOptions(
          GatewayOptions.DEFAULT.withPort(0),
          new PipelineSettings(2, 1_000, 256, 10_000, 12_000, 1_000),
          RateLimit.OFF,
          AccessLimits.DEFAULT,
          new PasswordCost(8, 1, 2, 64),
          SigningKeys.ephemeral(),
          List.of(),
          Environment.PRODUCTION,
          Clock.systemUTC());

  private static final String ADMIN_TOKEN = "the-admin-token-of-every-test";

  private static TestingGateway shared;

  private final TestDatabase database = TestDatabase.create();
  private final Metrics metrics = new Metrics("test");
  private final Vertx vertx = Vertx.vertx();
  private final Assembly assembly;
  private Management management;

  private TestingGateway(AssemblyOptions options) {
    assembly =
        Await.result(Assembly.start(vertx, database.database(), options, metrics.registry()));
  }

  /** A gateway with {@link #OPTIONS}. */
  public static TestingGateway start() {
    return new TestingGateway(OPTIONS);
  }

  /** A gateway with other options, made from {@link #OPTIONS}. */
  public static TestingGateway start(UnaryOperator<AssemblyOptions> change) {
    return new TestingGateway(change.apply(OPTIONS));
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
    List<String> names = assembly.dialects().stream().map(Dialect::name).toList();
    return TestClient.of(baseUrl(), new OpenApiCheck(names));
  }

  /**
   * A client of the management port with the admin token. The port is opened when first asked for.
   */
  public synchronized TestClient admin() {
    if (management == null) {
      var options =
          new ManagementOptions("127.0.0.1", 0, AdminCredential.of(ADMIN_TOKEN), CHECK_DEADLINE_MS);
      management =
          Await.result(
              Management.start(vertx, options, assembly.administration(), metrics, List.of()));
    }
    return TestClient.of("http://127.0.0.1:" + management.port(), ReplyCheck.NONE)
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

  /** Makes credentials. */
  public PgCredentialIssuer issuer() {
    return assembly.access().issuer();
  }

  /** A token as the gateway itself would issue it. */
  public String token(
      TenantId tenant, String dialect, UUID subject, Set<String> scopes, Instant expiresAt) {
    return assembly
        .access()
        .tokens()
        .issue(new TokenClaims(tenant, dialect, subject, scopes, expiresAt));
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
