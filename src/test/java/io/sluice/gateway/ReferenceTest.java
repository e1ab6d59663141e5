package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.sluice.dialect.Dialect;
import io.sluice.testing.Patience;
import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {
  private static final TestingGateway GATEWAY = TestingGateway.shared();

  private final TestClient client = TestClient.of(GATEWAY.baseUrl(), ReplyCheck.NONE);

  static Stream<String> dialects() {
    return GATEWAY.assembly().dialects().stream().map(Dialect::name);
  }

  @Test
  void listsEveryApi() {
    // When
    Reply page = client.get("/");

    // Then
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(dialects())
        .allMatch(name -> page.text().contains("\"/reference/" + name + "\""))
        .allMatch(name -> page.text().contains("\"/openapi/" + name + ".yaml\""));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void showsADocumentOnAPageThatLoadsNothingFromElsewhere(String dialect) {
    // When
    Reply page = client.get("/reference/" + dialect);

    // Then
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("data-document=\"/openapi/" + dialect + ".yaml\"")
        .doesNotContain("{{", "http:", "https:", "<script>", " onload=", " style=");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
  }

  @ParameterizedTest
  @CsvSource({
    "swagger-ui-bundle.js, text/javascript",
    "start.js, text/javascript",
    "swagger-ui.css, text/css",
    "sluice.css, text/css"
  })
  void servesWhatThePagesLoad(String name, String type) {
    // When
    Reply part = client.get("/reference/" + name);

    // Then
    assertThat(part.status()).isEqualTo(200);
    assertThat(part.header("Content-Type")).contains(type + "; charset=utf-8");
    assertThat(part.header("Cache-Control")).contains("max-age=86400");
    assertThat(part.body()).isNotEmpty();
  }

  /** What is on the heap is copied for each client, and kept until that one has read it. */
  @Test
  void servesWhatIsPackagedFromOnePlaceForAll() {
    // Given
    Buffer packaged = Resources.ofSwaggerUi("swagger-ui-bundle.js");

    // When
    ByteBuf sent = ((BufferInternal) packaged).getByteBuf();

    // Then
    assertThat(sent.isDirect()).isTrue();
    assertThat(sent.release()).isFalse();
    assertThat(client.get("/reference/swagger-ui-bundle.js").text()).isEqualTo(packaged.toString());
  }

  /** As a real browser has it; where there is none on the machine, this is left out. */
  @ParameterizedTest
  @MethodSource("dialects")
  void showsEveryOperationInABrowser(String dialect, @TempDir Path profile) throws Exception {
    // Given
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH");
    List<String> ids =
        GATEWAY.assembly().dialects().stream()
            .filter(each -> each.name().equals(dialect))
            .flatMap(each -> each.endpoints().stream())
            .map(endpoint -> endpoint.operation())
            .toList();

    // When
    String shown = dom(browser.get(), GATEWAY.baseUrl() + "/reference/" + dialect, profile);

    // Then
    assertThat(ids).isNotEmpty().allMatch(id -> shown.contains("-" + id + "\""));
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String dom(Path browser, String url, Path profile)
      throws IOException, InterruptedException {
    Path output = profile.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile,
                "--virtual-time-budget=20000",
                "--dump-dom",
                url)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    assertThat(ended).as("the browser ended").isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
