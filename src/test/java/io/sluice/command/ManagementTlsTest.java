package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ManagementSettings;
import io.sluice.config.TlsSettings;
import io.sluice.operations.AdminCredential;
import io.sluice.operations.ManagementPort;
import io.sluice.operations.Metrics;
import io.sluice.testing.Await;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands ask a management port that speaks TLS and wants a certificate. */
class ManagementTlsTest {
  private final TestAuthority authority = new TestAuthority();
  private final Vertx vertx = Vertx.vertx();
  private final Metrics metrics = new Metrics("test");

  @TempDir private Path directory;

  private ManagementPort management;
  private Path ca;
  private Path shown;

  @BeforeEach
  void start() throws IOException {
    Path served = Files.createDirectory(directory.resolve("served"));
    shown = Files.createDirectory(directory.resolve("shown"));
    ca = authority.write(directory.resolve("ca.crt"));
    TestAuthority.write(served, authority.server());
    TestAuthority.write(shown, authority.client());
    TlsSettings tls =
        TlsSettings.MANAGEMENT.of(
            Map.of(
                "management.tls.certificateFile", served.resolve("tls.crt").toString(),
                "management.tls.keyFile", served.resolve("tls.key").toString(),
                "management.tls.clientCaFile", ca.toString()));
    management =
        Await.result(
            ManagementPort.start(
                vertx,
                ManagementSettings.SECTION.of(Map.of("management.port", "0")),
                tls,
                AdminCredential.of(TestingGateway.ADMIN_TOKEN),
                TestingGateway.shared().assembly().administration(),
                metrics,
                List.of()));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
    metrics.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "find anything"})
  void asksAGatewayThatTheAuthorityKnows(String command) throws IOException {
    // When
    CommandRun byFile = run(command, "management.client.caFile = " + ca);
    CommandRun byOption = run(command + " --ca " + ca, "");
    CommandRun byName =
        run(
            command,
            "management.client.caFile = " + ca,
            "management.client.serverName = " + TestAuthority.SERVER);

    // Then
    assertThat(List.of(byFile, byOption, byName))
        .allSatisfy(result -> assertThat(result.err()).isEmpty())
        .allSatisfy(
            result -> assertThat(result.out()).containsAnyOf("answers 200", "Nothing was found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "find anything"})
  void asksNobodyWhoHasAnotherName(String command) throws IOException {
    // When
    CommandRun result =
        run(
            command,
            "management.client.caFile = " + ca,
            "management.client.serverName = other.example");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("no gateway answers").contains("other.example");
  }

  @Test
  void showsNobodyATokenWhomNoAuthorityKnows() throws IOException {
    // Given
    String tls = "management.tls.certificateFile = " + shown.resolve("tls.crt");
    String key = "management.tls.keyFile = " + shown.resolve("tls.key");

    // When
    CommandRun find = run("find anything", tls, key);
    CommandRun health = run("health", tls, key);

    // Then
    assertThat(find.code()).isEqualTo(ExitCode.FAILED);
    assertThat(find.err()).contains("no gateway answers");
    assertThat(health.out()).contains("answers 200");
  }

  @Test
  void saysWhichFileIsOfNoUse() throws IOException {
    // Given
    Path none = Files.writeString(directory.resolve("none.crt"), "no certificate");

    // When
    CommandRun result = run("health --ca " + none, "");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.NO_START);
    assertThat(result.err()).contains(none + " is of no use").doesNotContain("\tat ");
  }

  @Test
  void tellsOfTheCertificateInTheMetricsOfTheGateway() {
    // When
    double end =
        metrics
            .registry()
            .get("sluice.tls.certificate.end")
            .tag("port", "management")
            .gauge()
            .value();

    // Then
    assertThat(end).isGreaterThan(0);
  }

  private CommandRun run(String command, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("management.port = " + management.port());
    all.add("management.adminToken = " + TestingGateway.ADMIN_TOKEN);
    all.add("management.client.certificateFile = " + shown.resolve("tls.crt"));
    all.add("management.client.keyFile = " + shown.resolve("tls.key"));
    String[] words = command.split(" ");
    return CommandRun.with(directory, all, words[0], Arrays.copyOfRange(words, 1, words.length));
  }
}
