package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.FirstTransfer;
import io.sluice.testing.Await;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.StubCall;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

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
        .contains("data-name=\"" + dialect + "\"", "href=\"/openapi/" + dialect + ".yaml\"")
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
    Buffer packaged = Resources.ofWebjar("org.webjars", "swagger-ui", "swagger-ui-bundle.js");

    // When
    ByteBuf sent = ((BufferInternal) packaged).getByteBuf();

    // Then
    assertThat(sent.isDirect()).isTrue();
    assertThat(sent.release()).isFalse();
    assertThat(client.get("/reference/swagger-ui-bundle.js").text()).isEqualTo(packaged.toString());
  }

  @Test
  void saysOfEveryErrorWhatToDo() {
    // When
    String page = client.get("/reference/errors").text();

    // Then
    for (String dialect : List.of("orum", "scrip", "corebanq")) {
      assertThat(codes(dialect))
          .isNotEmpty()
          .allSatisfy(code -> assertThat(page).contains("id=\"" + dialect + "-" + code + "\""));
    }
    assertThat(statuses("isometric"))
        .isNotEmpty()
        .allSatisfy(status -> assertThat(page).contains("id=\"isometric-" + status + "\""));
    assertThat(page).doesNotContain("{{", "`");
  }

  @ParameterizedTest
  @CsvSource({
    "/registry/v0/transfers, isometric-401",
    "/deliver/booktransfers, orum-unauthorized",
    "/v1/transfers, scrip-unauthorized",
    "/v1/ledgers, corebanq-auth.unauthorized"
  })
  void isLinkedToByErrors(String path, String row) {
    // When
    Reply reply = client.send("POST", path, "{}");
    Reply wrong = client.send("PURGE", path, "");

    // Then
    String page = client.get("/reference/errors").text();
    assertThat(Stream.of(reply, wrong).map(each -> each.header("Link").orElseThrow()))
        .allSatisfy(
            link -> {
              assertThat(link).startsWith("</reference/errors#").endsWith(">; rel=\"help\"");
              assertThat(page).contains("id=\"" + link.replaceAll(".*#|>.*", "") + "\"");
            });
    assertThat(reply.header("Link").orElseThrow()).contains("#" + row + ">");
  }

  @Test
  void keepsTheDemosCredentialsForPagesOfThisMachine() {
    // Given
    var tryIt = new TryIt();
    var demo = new FirstTransfer(Map.of(), Map.of("X-API-Key", "sk_demo"), "curl");
    tryIt.with("scrip", demo);

    // When
    List<String> answers =
        Stream.of("127.0.0.1:8080", "localhost", "[::1]:8080", "attacker.example", "192.0.2.1")
            .map(host -> text(tryIt.answer("scrip", StubCall.ofHeader("Host", host))))
            .toList();
    var proxied = Map.of("Host", "127.0.0.1:8080", "X-Forwarded-For", "192.0.2.1");
    String byProxy = text(tryIt.answer("scrip", StubCall.ofHeaders(proxied)));

    // Then
    String headers = "{\"headers\":{\"X-API-Key\":\"sk_demo\"}}";
    assertThat(answers).containsExactly(headers, headers, headers, "null", "null");
    assertThat(byProxy).isEqualTo("null");
    assertThat(client.get("/reference/scrip/try-it").text()).isEqualTo("null");
  }

  private static String text(Future<Answer> answer) {
    return Await.result(answer).body().toString();
  }

  /** The values that the document's type of error codes has. */
  private static List<String> codes(String dialect) {
    JsonNode schemas = OpenApiDocument.of(dialect).root().at("/components/schemas");
    JsonNode codes =
        dialect.equals("orum")
            ? schemas.at("/ErrorCode/enum")
            : schemas.at("/Error/properties/code/enum");
    return codes.valueStream().map(JsonNode::stringValue).toList();
  }

  private static List<String> statuses(String dialect) {
    return OpenApiDocument.of(dialect).root().findValues("responses").stream()
        .flatMap(responses -> responses.propertyNames().stream())
        .filter(status -> status.matches("[45]\\d\\d"))
        .toList();
  }
}
