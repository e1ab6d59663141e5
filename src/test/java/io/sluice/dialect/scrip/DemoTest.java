package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Json;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The printed command, run by a real shell. */
class DemoTest {
  private final TestingGateway gateway = TestingGateway.shared();

  @Test
  void movesValueEachTimeItIsPasted() throws IOException, InterruptedException {
    // Given
    TenantId tenant = gateway.newTenant();
    prepare(tenant);
    String line = prepare(tenant);

    // When
    String first = paste(line);
    String second = paste(line);

    // Then
    assertThat(line).startsWith("curl -sS ").doesNotContain("\n");
    assertThat(Json.parse(first).get("total_amount").asText()).isEqualTo("1.50");
    assertThat(Json.parse(second).get("journal_entry_id"))
        .isNotEqualTo(Json.parse(first).get("journal_entry_id"));
  }

  private String prepare(TenantId tenant) {
    var demonstration = new Demonstration(tenant, gateway.baseUrl(), gateway.issuer());
    return Await.result(gateway.dialect("scrip").demonstrate(demonstration)).text();
  }

  private static String paste(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }
}
