package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Main;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole program in a process of its own, on its embedded PostgreSQL, as a newcomer runs it. */
class ServeProcessTest {
  private static final int DIALECTS = 4;
  private static final Path BINARIES = Path.of(System.getProperty("java.io.tmpdir"));

  private final List<Process> processes = new ArrayList<>();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(BINARIES, "sluice-serve");
  }

  @AfterEach
  void endEverything() throws Exception {
    for (Process process : processes) {
      stop(process);
    }
    TestDatabase.delete(directory);
  }

  @Test
  void servesTheDemoAndKeepsItsBooksAcrossARestart() throws Exception {
    // Given
    Process first = start("serve");
    List<String> page = readUntil(first, "Ctrl-C");
    assertThat(String.join("\n", page))
        .containsSubsequence(
            "Unpacking PostgreSQL", "Making a PostgreSQL cluster", "Bringing the schema up");
    List<String> calls = page.stream().filter(line -> line.startsWith("curl ")).toList();
    assertThat(calls).as(String.join("\n", page)).hasSize(DIALECTS);
    for (String call : calls) {
      assertThat(shell(call)).as(call).containsPattern("\"(id|transfer_id|journal_entry_id)\"");
    }
    assertThat(shell(tryIt(page))).as("nobody asked for the demo").isEqualTo("null");
    assertThat(stop(first)).isEqualTo(ExitCode.DONE);

    // When
    Process second = start("serve", Map.of("SLUICE_DEMO_ENABLED", "true"));

    // Then
    List<String> secondPage = readUntil(second, "Ctrl-C");
    for (String call : secondPage.stream().filter(line -> line.startsWith("curl ")).toList()) {
      assertThat(shell(call)).as(call).doesNotContain("error");
    }
    assertThat(shell(tryIt(secondPage))).startsWith("{\"headers\":{\"X-API-Key\":\"sk_");
    assertThat(ready(secondPage)).isEqualTo(200);
    Process verify = start("verify");
    assertThat(readUntil(verify, "The books are").getLast()).contains("The books are whole");
    assertThat(verify.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(verify.exitValue()).isEqualTo(ExitCode.DONE);
    assertThat(stop(second)).isEqualTo(ExitCode.DONE);
    assertThat(directory.resolve("data/postgresql/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void endsTheDemosCredentialsWhereTheNetworkCouldUseThem() throws Exception {
    // Given
    Process demo = start("serve");
    List<String> page = readUntil(demo, "Ctrl-C");
    List<String> calls = page.stream().filter(line -> line.startsWith("curl ")).toList();
    assertThat(calls).hasSize(DIALECTS);
    assertThat(stop(demo)).isEqualTo(ExitCode.DONE);

    // When
    Process open = start("serve", Map.of("SLUICE_HTTP_HOST", "0.0.0.0"));

    // Then
    List<String> openPage = readUntil(open, "Ctrl-C");
    assertThat(openPage).noneMatch(line -> line.contains("curl "));
    for (String call : calls) {
      String again = call.replace(url(page, "APIs"), url(openPage, "APIs"));
      assertThat(shell(again.replaceFirst("curl", "curl -w ' status %{http_code}'")))
          .endsWith("status 401");
    }
    assertThat(stop(open)).isEqualTo(ExitCode.DONE);
  }

  private Process start(String command) throws IOException {
    return start(command, Map.of());
  }

  private Process start(String command, Map<String, String> more) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=logback.xml",
                Main.class.getName(),
                command)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("SLUICE_"));
    environment.remove("DATABASE_URL");
    environment.put("SLUICE_HTTP_PORT", "0");
    environment.put("SLUICE_MANAGEMENT_PORT", "0");
    environment.put("SLUICE_DATABASE_EMBEDDED_SHARED_BUFFERS", "32MB");
    environment.putAll(more);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static List<String> readUntil(Process process, String end) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(end)) {
        return lines;
      }
    }
    throw new AssertionError("it ended early:\n" + String.join("\n", lines));
  }

  private static String shell(String command) throws Exception {
    Process shell = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(answer).isZero();
    return answer;
  }

  private static String url(List<String> page, String of) {
    return page.stream()
        .filter(line -> line.strip().startsWith(of))
        .map(line -> line.replaceAll(".*?(http://\\S+).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private static String tryIt(List<String> page) {
    return "curl -sS " + url(page, "APIs") + "/reference/scrip/try-it";
  }

  private static int ready(List<String> page) throws Exception {
    String url = url(page, "Management");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** As a service manager does; returns the exit code. */
  private static int stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }
}
