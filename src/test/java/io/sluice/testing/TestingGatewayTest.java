package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestingGatewayTest {
  @Test
  void servesEveryDialectsDocument() {
    TestingGateway gateway = TestingGateway.shared();

    gateway
        .assembly()
        .dialects()
        .forEach(
            dialect -> {
              Reply reply = gateway.client().get("/openapi/" + dialect.name() + ".yaml");
              assertThat(reply.status()).as(dialect.name()).isEqualTo(200);
              assertThat(reply.text()).contains("openapi: ");
            });
  }

  @Test
  void measuresWhatItServes() {
    TestingGateway gateway = TestingGateway.shared();
    gateway.client().get("/");

    assertThat(gateway.admin().get("/metrics").text())
        .contains("sluice_http_requests_seconds_count{dialect=\"none\",method=\"GET\"")
        .contains("sluice_http_in_flight ");
  }

  @Test
  void stopsAndGivesEverythingBack() {
    TestingGateway gateway = TestingGateway.start();

    assertThat(gateway.client().get("/").status()).isEqualTo(200);
    gateway.close();
  }
}
