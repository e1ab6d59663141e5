package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindCommandTest {
  private static final TestingGateway GATEWAY = TestingGateway.shared();

  @TempDir Path directory;

  private record Result(int code, String out, String err) {}

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
    Result result = find(TestingGateway.ADMIN_TOKEN, label, "--tenant", "" + tenant.value());
    Result json = find(TestingGateway.ADMIN_TOKEN, label, "--json");

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
    Result result = find(TestingGateway.ADMIN_TOKEN, "' OR 1=1 --", "--tenant", "1");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).startsWith("Nothing was found.\n").contains("access log");
  }

  @Test
  void saysThatItMayNotAsk() throws IOException {
    // When
    Result result = find("a-token-of-somebody-else", "anything");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("401").doesNotContain("a-token-of");
  }

  @Test
  void saysThatThereIsNoTokenYet() throws IOException {
    // Given
    Path file = config("data.directory = " + directory.resolve("nothing"));

    // When
    Result result = run("find", "anything", "--config", file.toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.NO_START);
    assertThat(result.err()).contains("admin-token").doesNotContain("\tat ");
  }

  private Result find(String token, String... arguments) throws IOException {
    int port = URI.create(GATEWAY.admin().baseUrl()).getPort();
    Path file = config("management.port = " + port, "management.adminToken = " + token);
    var all = new ArrayList<>(List.of("find", "--config", file.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        SluiceCommand.run(new Console(new PrintWriter(out), new PrintWriter(err)), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Path config(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("find.properties"), List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
