package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindCommandTest {
  private static final TestingGateway GATEWAY = TestingGateway.shared();

  @TempDir Path directory;

  @Test
  void saysWhatSomethingIsAndWhose() throws IOException {
    // Given
    TenantId tenant = GATEWAY.newTenant();
    String label = "till " + UUID.randomUUID();
    GATEWAY
        .admin()
        .post(
            "/admin/tenants/" + tenant.value() + "/credentials/api-keys",
            "{\"label\":\"" + label + "\"}");

    // When
    CommandRun result = find(TestingGateway.ADMIN_TOKEN, label, "--tenant", "" + tenant.value());
    CommandRun json = find(TestingGateway.ADMIN_TOKEN, label, "--json");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out())
        .startsWith("credential (api-key) by label, tenant " + tenant.value() + " ")
        .endsWith(": /admin/tenants/" + tenant.value() + "/credentials/api-keys\n");
    assertThat(json.out()).startsWith("{\"q\":\"" + label + "\",\"found\":[{");
  }

  @Test
  void saysThatNothingWasFoundAndWhereElseToLook() throws IOException {
    // When
    CommandRun result = find(TestingGateway.ADMIN_TOKEN, "' OR 1=1 --", "--tenant", "1");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).startsWith("Nothing was found.\n").contains("access log");
  }

  @Test
  void saysThatItMayNotAsk() throws IOException {
    // When
    CommandRun result = find("a-token-of-somebody-else", "anything");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("401").doesNotContain("a-token-of");
  }

  @Test
  void saysThatThereIsNoTokenYet() throws IOException {
    // Given
    var nothing = List.of("data.directory = " + directory.resolve("nothing"));

    // When
    CommandRun result = CommandRun.with(directory, nothing, "find", "anything");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.NO_START);
    assertThat(result.err()).contains("admin-token").doesNotContain("\tat ");
  }

  private CommandRun find(String token, String... arguments) throws IOException {
    return CommandRun.with(directory, CommandRun.asking(GATEWAY, token), "find", arguments);
  }
}
