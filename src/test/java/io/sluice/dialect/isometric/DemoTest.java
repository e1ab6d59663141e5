package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Json;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {
  private final TestingGateway gateway = TestingGateway.shared();

  @Test
  void printsACommandThatMovesValueEachTimeItIsPasted() throws Exception {
    // Given: the second start finds everything set up
    TenantId tenant = gateway.newTenant();
    prepare(tenant);
    String line = prepare(tenant);

    // When
    JsonNode first = Json.parse(paste(line));
    JsonNode second = Json.parse(paste(line));

    // Then
    assertThat(line).startsWith("curl -sS ").doesNotContain("\n");
    assertThat(first.at("/credit_batch_size_total/credits").decimalValue()).isEqualTo("125.632");
    assertThat(second.get("id")).isNotEqualTo(first.get("id"));
    assertThat(second.get("from_organisation")).isEqualTo(first.get("from_organisation"));
  }

  private String prepare(TenantId tenant) {
    var demonstration = new Demonstration(tenant, gateway.baseUrl(), gateway.issuer());
    return Await.result(gateway.dialect("isometric").demonstrate(demonstration)).text();
  }

  private static String paste(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }
}
