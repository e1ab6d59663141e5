package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Running;
import io.sluice.assembly.Shutdown;
import io.sluice.assembly.Startup;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.Json;
import io.sluice.testing.Await;
import io.sluice.testing.TestDatabase;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tenants of one's own, on a database that is empty before the first, beside a gateway after. */
class BootstrapCommandTest {
  private static final String BASE_URL = "http://gateway.example";

  @TempDir private static Path directory;

  private static TestDatabase database;
  private static Path file;
  private static Result first;
  private static Shutdown shutdown;
  private static Running gateway;

  @BeforeAll
  static void start() throws IOException {
    database = TestDatabase.createEmpty();
    file =
        Files.write(
            directory.resolve("sluice.properties"),
            List.of(
                "database.url = " + database.url(),
                "database.migrate.url = " + database.ownerUrl(),
                "data.directory = " + directory.resolve("data"),
                "http.publicUrl = " + BASE_URL,
                "http.port = 0",
                "management.port = 0"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    first = run("first", "--json");
    shutdown = new Shutdown();
    SluiceConfig config =
        Dialects.configReader(Dialects.ALL).read(Optional.of(file), Map.of(), Map.of());
    gateway = Startup.start(config, Map.of(), shutdown);
  }

  @AfterAll
  static void stop() {
    shutdown.run();
    database.close();
  }

  @Test
  void makesATenantOnAnEmptyDatabaseWhoseCallsMoveValueEachTime() throws Exception {
    // Given
    JsonNode made = first.json();

    // When
    List<String> answers = new ArrayList<>();
    for (JsonNode transfer : made.path("transfers")) {
      answers.add(paste(transfer.path("curl").textValue()));
      answers.add(paste(transfer.path("curl").textValue()));
    }

    // Then
    assertThat(made.at("/tenant/name").textValue()).isEqualTo("first");
    assertThat(made.path("transfers"))
        .extracting(transfer -> transfer.path("dialect").textValue())
        .containsExactly("isometric", "orum", "scrip", "corebanq");
    assertThat(answers).allSatisfy(answer -> assertThat(answer).matches("(?s).*\n20[01]"));
    assertThat(answers.get(2)).contains("\"status\":\"completed\"");
  }

  @Test
  void refusesATenantThatIsThere() {
    // When
    Result again = run("first");

    // Then
    assertThat(again.code()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err())
        .contains("the tenant first is there already", "--renew")
        .doesNotContain("\tat ");
    assertThat(again.out()).isEmpty();
  }

  @Test
  void makesWhatIsAskedForInWordsForPeopleBesideAGateway() throws Exception {
    // When
    Result made = run("second-1", "-d", "scrip,corebanq");

    // Then
    List<String> calls = made.out().lines().filter(line -> line.startsWith("curl ")).toList();
    assertThat(made.out().lines())
        .allMatch(line -> line.isEmpty() || line.startsWith("# ") || line.startsWith("curl "));
    assertThat(made.out())
        .contains("The tenant second-1 has the number", "# Scrip: ", ", username second-1\n")
        .doesNotContain("Isometric", "Orum");
    assertThat(calls).hasSize(2);
    assertThat(paste(calls.getFirst())).contains("\"total_amount\":\"1.50\"").endsWith("\n200");
  }

  @Test
  void renewsWhatATenantSignsInWithAndGivesItNoMoreValue() throws Exception {
    // Given
    String before = run("third", "--json", "-d", "scrip").curl();
    paste(before);
    long transfers = transfersOf("third");

    // When
    Result renewed = run("third", "--json", "-d", "scrip", "--renew");

    // Then
    assertThat(transfersOf("third")).isEqualTo(transfers);
    assertThat(paste(renewed.curl())).endsWith("\n200");
    assertThat(renewed.curl()).isNotEqualTo(before);
  }

  @Test
  void renewsNothingOfAClosedTenant() {
    // Given
    run("closed", "--json", "-d", "scrip");
    database.execute("UPDATE tenant SET status = 2 WHERE name = 'closed'");

    // When
    Result renewed = run("closed", "--renew");

    // Then
    assertThat(renewed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(renewed.err()).contains("the tenant closed is closed");
    assertThat(renewed.out()).isEmpty();
  }

  @Test
  void keepsSecretsOutOfTheDatabase() {
    // Given
    JsonNode scrip = first.json().at("/transfers/2");

    // When
    String key = scrip.at("/headers/X-API-Key").textValue();

    // Then
    assertThat(key).startsWith("sk_");
    assertThat(count("SELECT count(*) FROM credential WHERE credential::text LIKE '%" + key + "%'"))
        .isZero();
    assertThat(
            count(
                "SELECT count(*) FROM audit WHERE action = 'tenant_bootstrapped'"
                    + " AND record::text LIKE '%first%' AND record::text NOT LIKE '%sk_%'"))
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, Missing required parameter: 'TENANT'",
    "Acme, 1, 'a tenant''s name has 1 to 40 of a-z, 0-9 and -'",
    "demo, 1, is not demo",
    "acme -d ormu, 2, 'Unknown: ''ormu''; the nearest known one is orum'",
    "acme --dailect orum, 2, 'the nearest known one is --dialect'"
  })
  void refusesWhatCannotBeMade(String arguments, int code, String said) {
    // When
    Result result =
        run(Stream.of(arguments.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new));

    // Then
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).contains(said.replaceAll("^'|'$", ""));
    assertThat(result.out()).isEmpty();
  }

  private record Result(int code, String out, String err) {
    JsonNode json() {
      assertThat(code).as(err).isEqualTo(ExitCode.DONE);
      return Json.parse(Buffer.buffer(out));
    }

    String curl() {
      return json().at("/transfers/0/curl").textValue();
    }
  }

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of("bootstrap", "--config", file.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    int code = SluiceCommand.run(new Console(new PrintWriter(out), new PrintWriter(err)), all);
    return new Result(code, out.toString(), err.toString());
  }

  /** As a shell does it; the answer, and on a last line its status. */
  private static String paste(String line) throws IOException, InterruptedException {
    String here =
        line.replace(BASE_URL, "http://127.0.0.1:" + gateway.assembly().gateway().port())
            .replaceFirst("curl -sS", "curl -sS -w '\\\\n%{http_code}'");
    Process shell = new ProcessBuilder("sh", "-c", here).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  private static long transfersOf(String tenant) {
    return count(
        "SELECT count(*) FROM transfer WHERE tenant_id = (SELECT id FROM tenant WHERE name = '"
            + tenant
            + "')");
  }

  private static long count(String sql) {
    var rows = gateway.assembly().pools().lookUps().first(sql, row -> row.getLong(0));
    return Await.result(rows).orElseThrow();
  }
}
