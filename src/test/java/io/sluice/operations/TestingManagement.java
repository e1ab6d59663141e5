package io.sluice.operations;

import io.sluice.config.ManagementSettings;
import io.sluice.config.TlsSettings;
import io.sluice.store.Migrations;
import io.sluice.testing.Await;
import io.sluice.testing.OpenApiCheck;
import io.sluice.testing.Patience;
import io.sluice.testing.RawClient;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A management port on a free loopback port beside a gateway. */
final class TestingManagement implements AutoCloseable {
  static final String TOKEN = "an-admin-token-for-tests";

  private static final long DEADLINE_MS = Patience.LIMIT.toMillis();

  private static final ReplyCheck CHECK = new OpenApiCheck(List.of("management"));

  final Vertx vertx = Vertx.vertx();
  final Metrics metrics = new Metrics("test");
  final AdminCredential credential = AdminCredential.of(TOKEN);
  final ManagementPort management;

  TestingManagement(TestingGateway gateway) {
    this(
        gateway,
        List.of(
            HealthChecks.database(gateway.assembly().pools()),
            HealthChecks.lanes(gateway.assembly().pipeline()::connectedLanes)));
  }

  TestingManagement(TestingGateway gateway, List<HealthCheck> checks) {
    this(gateway, new Health(checks, DEADLINE_MS));
  }

  TestingManagement(TestingGateway gateway, Health health) {
    this(gateway.assembly().administration(), health);
  }

  /** Administers other parts than the gateway's own; nothing is checked. */
  TestingManagement(AdministrationParts parts) {
    this(parts, new Health(List.of(), DEADLINE_MS));
  }

  private TestingManagement(AdministrationParts parts, Health health) {
    this(parts, health, Map.of());
  }

  TestingManagement(AdministrationParts parts, Map<String, String> changes) {
    this(parts, new Health(List.of(), DEADLINE_MS), changes);
  }

  private TestingManagement(AdministrationParts parts, Health health, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>(changes);
    values.put("management.port", "0");
    var settings = ManagementSettings.SECTION.of(values);
    management =
        Await.result(
            ManagementPort.start(
                vertx,
                settings,
                TlsSettings.MANAGEMENT.defaults(),
                credential,
                parts,
                metrics,
                health));
  }

  static HealthCheck migrations(Vertx vertx, TestingGateway gateway) {
    return HealthChecks.migrations(vertx, new Migrations(gateway.database().database()));
  }

  /** A client without a token. */
  TestClient anybody() {
    return TestClient.of("http://127.0.0.1:" + management.port(), CHECK);
  }

  /** A plain connection, for what no HTTP client sends. */
  RawClient raw() {
    return new RawClient(management.port());
  }

  TestClient admin() {
    return anybody().with("Authorization", "Bearer " + TOKEN);
  }

  @Override
  public void close() {
    Await.result(management.stop());
    Await.result(vertx.close());
    metrics.close();
  }
}
