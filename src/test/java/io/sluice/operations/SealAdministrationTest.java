package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealAdministrationTest {
  private static final Path CHECKER = Path.of("docs", "check-receipt.py");

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
  void hasAHeadOfNothing() {
    // Given
    TenantId tenant = gateway.newTenant();

    // When
    Reply head = admin.get(path(tenant));

    // Then
    assertThat(head.json().path("size").intValue()).isZero();
    assertThat(head.json().path("root_hash").textValue()).startsWith("e3b0c44298fc1c14");
    assertThat(head.json().path("sealed_at").isNull()).isTrue();
  }

  @Test
  void givesReceiptsAndProofsThatAnybodyCanCheck() throws Exception {
    // Given
    TenantId tenant = gateway.newTenant();
    UUID first = refusal(tenant);
    admin.get(path(tenant) + "/receipts/" + first);
    UUID second = refusal(tenant);

    // When
    Reply receipt = admin.get(path(tenant) + "/receipts/" + second);
    Reply growth = admin.get(path(tenant) + "/growth?from=1&to=2");

    // Then
    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.json().path("position").intValue()).isEqualTo(1);
    assertThat(receipt.json().path("entry").textValue()).contains("\nid " + second + "\n");
    assertThat(admin.get(path(tenant)).json().path("root_hash"))
        .isEqualTo(receipt.json().path("root_hash"))
        .isEqualTo(growth.json().path("root_hash"));
    assertThat(checks(receipt.text())).isTrue();
    assertThat(checks(growth.text())).isTrue();
    assertThat(checks(receipt.text().replace("status 1", "status 0"))).isFalse();
    assertThat(checks(growth.text().replace("\"from_size\":1", "\"from_size\":2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-an-id", "0190a5c0-0000-7000-8000-000000000001"})
  void knowsNoOtherTransfers(String id) {
    // When
    Reply reply = admin.get(path(gateway.newTenant()) + "/receipts/" + id);

    // Then
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").textValue()).isEqualTo("unknown_transfer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?from=0&to=0", "?from=2&to=1", "?from=1&to=1", "?from=x&to=1"})
  void provesNoGrowthThatWasNot(String query) {
    // When
    Reply reply = admin.get(path(gateway.newTenant()) + "/growth" + query);

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  private static String path(TenantId tenant) {
    return "/admin/tenants/" + tenant.value() + "/seal";
  }

  /** A transfer that was refused, which needs no accounts. */
  private static UUID refusal(TenantId tenant) {
    UUID id = gateway.services().ids().next();
    gateway
        .database()
        .execute(
            "INSERT INTO transfer (tenant_id, created_at, id, status, kind, detail, accounts)"
                + " VALUES (%d, now(), '%s', 1, 'test.refused', '{\"a\":\"ü\"}', '{}')"
                    .formatted(tenant.value(), id));
    return id;
  }

  /** By another program in another language, where there is one. */
  private static boolean checks(String json) throws IOException, InterruptedException {
    Path file = Files.createTempFile("receipt", ".json");
    try {
      Files.writeString(file, json, StandardCharsets.UTF_8);
      Process python =
          new ProcessBuilder("python3", CHECKER.toString())
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return python.exitValue() == 0;
    } catch (IOException e) {
      Assumptions.abort("there is no Python: " + e.getMessage());
      return false;
    } finally {
      Files.delete(file);
    }
  }
}
