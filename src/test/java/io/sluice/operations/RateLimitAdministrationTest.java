package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitAdministrationTest {
  private static TestingGateway gateway;
  private static TestingManagement management;
  private static TestClient admin;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start(SettableClock.atPresent());
    management = new TestingManagement(gateway);
    admin = management.admin();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  @Test
  void givesATenantARateOfItsOwnAtOnce() {
    // Given
    TenantId tenant = gateway.newTenant();
    String path = "/admin/tenants/" + tenant.value() + "/rate-limit";

    // When
    Reply set = admin.send("PUT", path, "{\"per_second\":1,\"burst\":1}");

    // Then
    var limiter = gateway.services().rateLimiter();
    assertThat(set.json().at("/rate_limit/burst").intValue()).isEqualTo(1);
    assertThat(limiter.acquireWhereLimited(tenant).allowed()).isTrue();
    assertThat(limiter.acquireWhereLimited(tenant).allowed()).isFalse();
    Reply removed = admin.send("DELETE", path, "");
    assertThat(removed.json().path("rate_limit").isNull()).isTrue();
    assertThat(limiter.acquireWhereLimited(tenant).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"per_second\":1}",
        "{\"per_second\":-1,\"burst\":1}",
        "{\"per_second\":1,\"burst\":0}",
        "{\"per_second\":1e400,\"burst\":1}",
        "{\"per_second\":1.5,\"burst\":1}",
        "{\"per_second\":99999999999999999999,\"burst\":1}",
        "{\"per_second\":\"1\",\"burst\":1}"
      })
  void refusesRatesThatMakeNoSense(String body) {
    // Given
    TenantId tenant = gateway.newTenant();

    // When
    Reply reply = admin.send("PUT", "/admin/tenants/" + tenant.value() + "/rate-limit", body);

    // Then
    assertThat(reply.json().path("error").textValue()).isEqualTo("invalid");
  }

  @Test
  void refusesANumberThatNobodyCanComputeWith() {
    // Given
    String path = "/admin/tenants/" + gateway.newTenant().value() + "/rate-limit";

    // When
    Reply reply = admin.send("PUT", path, "{\"per_second\":10e2147483648,\"burst\":1}");

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
  }
}
