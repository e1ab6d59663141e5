package io.sluice.operations;

import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What a tenant does in four APIs, beside the management port that looks at it. */
abstract class ManagedApis {
  static TestingGateway gateway;
  static TestingManagement management;
  static TestClient admin;
  static FourApis apis;
  static TenantId tenant;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
    admin = management.admin();
    apis = FourApis.of(gateway);
    tenant = apis.tenant();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }
}
