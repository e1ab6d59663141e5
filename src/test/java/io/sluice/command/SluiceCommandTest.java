package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceCommandTest {
  @TempDir Path directory;

  @Test
  void printsTheVersionOfTheBuild() {
    // When
    Result result = run("--version");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).containsPattern("^Sluice \\d+\\.\\d+").doesNotContain("${");
  }

  @Test
  void explainsCommandsAndExitCodes() {
    // When
    Result result = run("--help");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).contains("serve", "migrate", "verify", "health", "Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate", "verify", "health"})
  void explainsEachCommand(String command) {
    // When
    Result result = run(command, "--help");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).contains("Usage: sluice " + command, "--config=FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "'', Missing required subcommand",
    "sevre, 'sevre''; the nearest known one is serve'",
    "serve --dmeo, '--dmeo''; the nearest known one is --demo'",
    "serve --confg=a, 'the nearest known one is --config'",
    "--prot, '--prot'",
    "--config=a, '--config=a'",
    "--demo, '--demo'",
    "migrate --demo, '--demo'",
    "migrate --end-with-parent, '--end-with-parent'",
    "rehearse --config=a, '--config=a'",
    "serve serve, 'serve'",
    "serve --config, 'Missing required parameter for option ''--config'''",
    "serve -c, 'Missing required parameter for option ''--config'''",
  })
  void refusesAWrongCommandLine(String arguments, String said) {
    // When
    Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_COMMAND_LINE);
    assertThat(result.err()).contains(said, "sluice --help").doesNotContain("Usage: ");
    assertThat(result.err().lines()).hasSize(2);
  }

  @Test
  void printsACompletionForShells() {
    // When
    Result result = run("completion");

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).contains("complete -F _complete_sluice", "'--json'", "check-receipt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c FILE", "--config FILE", "--config=FILE"})
  void readsTheFileThatIsNamed(String option) throws IOException {
    // Given
    Path file = config("http.prot = 1");

    // When
    Result result = run(("migrate " + option.replace("FILE", file.toString())).split(" "));

    // Then
    assertThat(result.err()).contains(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate", "verify", "health"})
  void refusesAnUnknownKeyNamingTheNearest(String command) throws IOException {
    // Given
    Path file = config("http.prot = 1");

    // When
    Result result = run(command, "--config", file.toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_CONFIGURATION);
    assertThat(result.err())
        .contains("line 1 sets the unknown key http.prot; the nearest known one is http.port")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhatIsWrongWithADatabasesAddressBesideEverythingElse() throws IOException {
    // Given
    Path file =
        config(
            "database.url = postgres://u:x/hidden@h/d",
            "database.migrate.url = mysql://u:hidden@h/d",
            "http.port = many");

    // When
    Result result = run("serve", "--config", file.toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.WRONG_CONFIGURATION);
    assertThat(result.err())
        .contains("database.url cannot be used", "database.migrate.url cannot be used", "http.port")
        .doesNotContain("hidden");
  }

  @Test
  void saysWhenTheDatabaseCannotBeReached() throws IOException {
    // Given
    Path file =
        config(
            "database.url = postgres://u:hidden@127.0.0.1:" + freePort() + "/d?sslmode=disable",
            "database.startTimeoutMs = 0");

    // When
    Result result = run("migrate", "--config", file.toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.NO_START);
    assertThat(result.err())
        .contains("cannot be reached", "refused", "DATABASE_URL")
        .doesNotContain("hidden", "\tat ");
  }

  @Test
  void migratesAnEmptyDatabaseAndFindsItsBooksWhole() throws IOException {
    try (TestDatabase test = TestDatabase.createEmpty()) {
      // Given
      Path file =
          config("database.url = " + test.url(), "database.migrate.url = " + test.ownerUrl());

      // When
      Result migrated = run("migrate", "--config", file.toString());
      Result verified = run("verify", "--config", file.toString());
      Result again = run("migrate", "--json", "--config", file.toString());
      Result forPrograms = run("verify", "--json", "--config", file.toString());

      // Then
      assertThat(again.out()).matches("\\{\"schema\":\"\\d+\"}\n");
      assertThat(forPrograms.out())
          .startsWith("{\"whole\":true,\"tenants\":0,\"transfers\":0,\"postings\":0,")
          .endsWith(",\"findings\":[]}\n");
      assertThat(forPrograms.err()).contains(" %  ");
      assertThat(migrated.code()).isEqualTo(ExitCode.DONE);
      assertThat(migrated.out()).contains("The schema is at version ");
      assertThat(verified.code()).isEqualTo(ExitCode.DONE);
      assertThat(verified.out()).contains("The books are whole: 0 tenants");
    }
  }

  @Test
  void saysWhereTheBooksAreNotWhole() throws IOException {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      test.execute("INSERT INTO tenant (id, name) VALUES (7, 'broken')");
      test.execute(
          """
          WITH h AS (
            INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at)
            VALUES (7, gen_random_uuid(), 'k', 'r', now(), now()) RETURNING id
          ), a AS (
            INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, created_at, updated_at)
            VALUES (7, gen_random_uuid(), 'k', 'r', 2, false, now(), now()) RETURNING id
          )
          INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,
                               balance, sequence, updated_at)
          SELECT 7, gen_random_uuid(), h.id, a.id, 0, 0, 0, 0, 5, 0, now() FROM h, a
          """);
      Path file = config("database.url = " + test.url());

      // When
      Result result = run("verify", "--config", file.toString());
      Result forPrograms = run("verify", "--json", "--config", file.toString());

      // Then
      assertThat(forPrograms.code()).isEqualTo(ExitCode.NOT_WHOLE);
      assertThat(forPrograms.out())
          .contains("\"whole\":false", "\"rule\":\"an asset's balances sum to zero\"");
      assertThat(result.code()).isEqualTo(ExitCode.NOT_WHOLE);
      assertThat(result.out())
          .contains(
              "tenant 7: it does not hold that an asset's balances sum to zero: 1 times",
              "The books are NOT whole");
    }
  }

  @Test
  void saysWhenAPortIsTaken() throws IOException {
    try (TestDatabase test = TestDatabase.create();
        ServerSocket intruder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Given
      Path file =
          config(
              "database.url = " + test.url(),
              "data.directory = " + directory,
              "http.port = " + intruder.getLocalPort(),
              "management.port = 0");

      // When
      Result result = run("serve", "--config", file.toString());

      // Then
      assertThat(result.code()).isEqualTo(ExitCode.NO_START);
      assertThat(result.err()).contains("in use").doesNotContain("\tat ");
    }
  }

  @Test
  void cannotVerifyWhatIsNotMigrated() throws IOException {
    try (TestDatabase test = TestDatabase.createEmpty()) {
      // Given
      Path file = config("database.url = " + test.url());

      // When
      Result result = run("verify", "--config", file.toString());

      // Then
      assertThat(result.code()).isEqualTo(ExitCode.NO_START);
      assertThat(result.err()).contains("cannot be read").doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "503, 1"})
  void asksWhetherTheGatewayIsReady(int status, int code) throws IOException {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    Path file = config("management.port = " + server.getAddress().getPort());

    // When
    Result result = run("health", "--config", file.toString());
    Result forPrograms = run("health", "--json", "--config", file.toString());

    // Then
    server.stop(0);
    assertThat(forPrograms.code()).isEqualTo(code);
    assertThat(forPrograms.out())
        .isEqualTo("{\"ready\":%s,\"status\":%d}\n".formatted(status == 200, status));
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.out()).contains("answers " + status);
  }

  @Test
  void isNotHealthyWithoutAGateway() throws IOException {
    // Given
    Path file = config("management.port = " + freePort());

    // When
    Result result = run("health", "--config", file.toString());

    // Then
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("no gateway answers");
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        SluiceCommand.run(new Console(new PrintWriter(out), new PrintWriter(err)), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Path config(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("test.properties"), List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
