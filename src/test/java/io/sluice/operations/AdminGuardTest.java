package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminGuardTest {
  private static TestingGateway gateway;
  private static TestingManagement management;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  @Test
  void choosesBetweenNoTwoTokensAndWritesDownWhoTried() {
    // Given
    String good = "Bearer " + TestingManagement.TOKEN;
    String bad = "Bearer a-token-of-somebody-else";

    try (CapturedLog log = CapturedLog.of("sluice.audit")) {
      for (List<String> tokens :
          List.of(List.of(good, bad), List.of(bad, good), List.of(good, good))) {
        // When
        Reply reply = listTenants(tokens);

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").textValue()).isEqualTo("bad_request");
        assertThat(reply.text()).contains("Authorization").doesNotContain("a-token-of");
      }
      assertThat(log.lines()).filteredOn(line -> line.getMessage().contains("refused")).hasSize(3);
    }
  }

  private static Reply listTenants(List<String> authorizations) {
    try (RawClient raw = new RawClient(management.management.port())) {
      raw.send("GET /admin/tenants HTTP/1.1\r\nHost: localhost\r\n");
      authorizations.forEach(value -> raw.send("Authorization: " + value + "\r\n"));
      return raw.send("\r\n").read();
    }
  }
}
