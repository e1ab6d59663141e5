package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.RawClient;
import io.sluice.testing.TestingGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page that has its name stand for this address must not read what the port answers. */
class ManagementHostTest {
  private static TestingManagement management;

  @BeforeAll
  static void open() {
    management =
        new TestingManagement(
            TestingGateway.shared().assembly().administration(),
            Map.of("management.allowedHosts", "Sluice.internal, probe"));
  }

  @AfterAll
  static void close() {
    management.close();
  }

  private static String ask(String request) {
    try (RawClient raw = management.raw()) {
      return raw.send(request).endOutput().readToEnd();
    }
  }

  private static String get(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9090",
        "localhost",
        "LocalHost:1",
        "10.1.2.3:9090",
        "[::1]:9090",
        "sluice.internal",
        "probe:9090"
      })
  void goesByAddressesAndByItsOwnNames(String host) {
    assertThat(ask(get("/health/live", host))).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attacker.example",
        "attacker.example:9090",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example",
        "sluice.internal.attacker.example"
      })
  void goesByNoOtherName(String host) {
    for (String path : new String[] {"/health/live", "/metrics", "/admin/tenants", "/", "/x"}) {
      assertThat(ask(get(path, host))).as(path).startsWith("HTTP/1.1 421 ");
    }
  }

  @Test
  void goesByTheNameInAnAbsoluteTarget() {
    assertThat(ask(get("http://attacker.example/health/live", "localhost")))
        .startsWith("HTTP/1.1 421 ");
  }

  @Test
  void letsProbesInThatSendNoName() {
    assertThat(ask("GET /health/live HTTP/1.0\r\n\r\n")).contains(" 200 OK");
  }
}
