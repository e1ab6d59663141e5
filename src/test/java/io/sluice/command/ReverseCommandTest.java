package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReverseCommandTest {
  private static final TestingGateway GATEWAY = TestingGateway.shared();

  private final int tenant = GATEWAY.newTenant().value();

  @TempDir Path directory;

  @Test
  void takesATransferBackOnce() throws IOException {
    // Given
    String id = funding();

    // When
    CommandRun first = reverse(id);
    CommandRun again = reverse(id);

    // Then
    String link = "/admin/tenants/" + tenant + "/transfers/";
    assertThat(first.code()).as(first.toString()).isEqualTo(ExitCode.DONE);
    assertThat(first.out()).startsWith("Reversed: " + link);
    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).startsWith("It was reversed before: " + link);
    assertThat(reverse(id, "--json").out()).contains("\"reverses\":\"" + id + "\"");
  }

  @Test
  void saysWhatTheGatewaySays() throws IOException {
    // When
    CommandRun result = reverse(UUID.randomUUID().toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("404").contains("unknown_transfer");
  }

  @Test
  void asksForAReason() throws IOException {
    // When
    CommandRun result =
        CommandRun.with(
            directory,
            CommandRun.asking(GATEWAY, TestingGateway.ADMIN_TOKEN),
            "reverse",
            UUID.randomUUID().toString(),
            "--tenant",
            "1");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_COMMAND_LINE);
    assertThat(result.err()).contains("--reason");
  }

  private CommandRun reverse(String id, String... more) throws IOException {
    var words = new ArrayList<>(List.of(id, "--tenant", "" + tenant, "--reason", "A slip"));
    words.addAll(List.of(more));
    return CommandRun.with(
        directory,
        CommandRun.asking(GATEWAY, TestingGateway.ADMIN_TOKEN),
        "reverse",
        words.toArray(String[]::new));
  }

  private String funding() {
    return GATEWAY
        .admin()
        .post(
            "/admin/tenants/" + tenant + "/orum/enterprise/funding",
            "{\"reference\":\"wire-1\",\"amount\":700,\"currency\":\"USD\"}")
        .json()
        .at("/funding/id")
        .textValue();
  }
}
