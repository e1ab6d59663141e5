package io.sluice.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A gateway with a tenant and a management port, and administrators who are made by name. */
abstract class Administered {
  static final String ADMINISTRATORS = "/admin/administrators";

  static TestingGateway gateway;
  static TestingManagement management;

  /** Has the admin token. */
  static TestClient owner;

  static TenantId tenant;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
    owner = management.admin();
    tenant = gateway.newTenant();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  static String name() {
    return "Ada " + UUID.randomUUID();
  }

  /** A new administrator, as the answer shows him once: with his token. */
  static JsonNode made(String role) {
    return FourApis.ok(
        owner.post(ADMINISTRATORS, "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name(), role)));
  }
}
