package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Ask;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the console, and who is not. */
class ConsoleTest extends Administered {
  /** What a policy without exceptions would refuse. */
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son\\w+=|javascript:");

  private static ConsoleVisitor signedIn(JsonNode administrator) {
    return ConsoleVisitor.signIn(management, administrator.path("token").textValue());
  }

  private static ConsoleVisitor operator() {
    return signedIn(made("operator"));
  }

  /** Every operation that the console passes on. */
  private static List<Ask> asks() {
    return ManagementAsks.of(tenant).stream()
        .filter(ask -> ask.target().startsWith("/admin/"))
        .map(ask -> new Ask(ask.method(), "/console" + ask.target(), ask.headers(), ask.body()))
        .toList();
  }

  private static Ask suspending() {
    return Ask.post("/console/admin/tenants/" + tenant.value() + "/suspend", "");
  }

  private static void assertUntouched() {
    assertThat(owner.get("/admin/tenants/" + tenant.value()).json().path("status").textValue())
        .isEqualTo("active");
  }

  @Test
  void signsInWithATokenAndKeepsTheSessionFromScriptsAndOtherSites() {
    // Given
    JsonNode administrator = made("operator");

    // When
    Reply reply =
        ConsoleVisitor.trySigningIn(
            ConsoleVisitor.page(management), administrator.path("token").textValue());

    // Then
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Set-Cookie").orElseThrow())
        .matches("sluice_console=[A-Za-z0-9]{32}; Path=/console; HttpOnly; SameSite=Strict");
    JsonNode session = signedIn(administrator).page().get(ConsoleVisitor.SESSION).json();
    assertThat(session.path("name")).isEqualTo(administrator.path("name"));
    assertThat(session.path("role").textValue()).isEqualTo("operator");
  }

  @Test
  void letsTheBrowserSendTheSessionByTlsOnlyWhereItSpeaksTls() {
    // Given a proxy that speaks TLS before the port
    String origin = "https://127.0.0.1:" + management.management.port();
    TestClient page = ConsoleVisitor.page(management).with("Origin", origin);

    // When
    Reply reply = ConsoleVisitor.trySigningIn(page, TestingManagement.TOKEN);

    // Then
    assertThat(reply.header("Set-Cookie").orElseThrow()).endsWith("; Secure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "adm_no", "an-admin-token-for-test", "an-admin-token-for-tests2"})
  void opensNoSessionForAWrongToken(String token) {
    // When
    Reply reply = ConsoleVisitor.trySigningIn(ConsoleVisitor.page(management), token);

    // Then
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("Set-Cookie")).isEmpty();
    JsonNode record = owner.get("/admin/audit?action=signIn&limit=1").json().at("/records/0");
    assertThat(record.path("event.type").textValue()).isEqualTo("denied");
  }

  @Test
  void writesDownWhoSignsIn() {
    // Given
    JsonNode administrator = made("reader");

    // When
    signedIn(administrator);

    // Then
    JsonNode record = owner.get("/admin/audit?action=signIn&limit=1").json().at("/records/0");
    assertThat(record.path("user.name")).isEqualTo(administrator.path("name"));
    assertThat(record.path("event.type").textValue()).isEqualTo("end");
  }

  @Test
  void opensNoSessionForAForeignPage() {
    for (String origin : List.of("https://attacker.example", "null", "http://127.0.0.1:1")) {
      // Given
      TestClient page = ConsoleVisitor.page(management).with("Origin", origin);

      // When
      Reply reply = ConsoleVisitor.trySigningIn(page, TestingManagement.TOKEN);

      // Then
      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertThat(reply.header("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void refusesWhoeverHasNoSessionOnEveryOperation() {
    // Given
    ConsoleVisitor visitor = operator();

    for (TestClient stranger : visitor.unknown()) {
      for (Ask ask : asks()) {
        // When
        Reply reply = ask.send(stranger);

        // Then
        assertThat(reply.status()).as(ask::toString).isEqualTo(401);
        assertThat(reply.json().path("error").textValue()).isEqualTo("signed_out");
      }
    }
  }

  @Test
  void takesNoBearerTokenWhereASessionIsAskedFor() {
    // Given
    TestClient bearer =
        ConsoleVisitor.page(management).with("Authorization", "Bearer " + TestingManagement.TOKEN);

    // When
    Reply reply = bearer.get("/console/admin/tenants");

    // Then
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void takesNoSessionWhereATokenIsAskedFor() {
    // Given
    ConsoleVisitor visitor = operator();

    // When
    Reply reply = visitor.page().get("/admin/tenants");

    // Then
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void letsNoForeignPageChangeAnything() {
    // Given
    ConsoleVisitor visitor = operator();

    visitor
        .strangers()
        .forEach(
            (who, stranger) -> {
              // When
              Reply reply = suspending().send(stranger);

              // Then
              assertThat(reply.status()).as(who).isEqualTo(403);
              assertUntouched();
            });
  }

  @Test
  void letsNoPageOfAnotherSiteRead() {
    // Given
    TestClient page = operator().page();

    for (String site : List.of("same-site", "cross-site")) {
      // When
      Reply reply = page.with("Sec-Fetch-Site", site).get("/console/admin/tenants");

      // Then
      assertThat(reply.status()).as(site).isEqualTo(403);
    }
  }

  @Test
  void letsAReaderLookAndChangeNothing() {
    // Given
    TestClient reader = signedIn(made("reader")).page();

    for (Ask ask : asks()) {
      // When
      int status = ask.send(reader).status();

      // Then
      boolean looks = ask.method().equals("GET") && !ask.target().endsWith(ADMINISTRATORS);
      assertThat(status == 403).as(ask::toString).isEqualTo(!looks);
    }
    assertUntouched();
  }

  @Test
  void letsAnOperatorChangeThings() {
    // Given
    TestClient page = operator().page();
    int other = gateway.newTenant().value();

    // When
    Reply reply = page.post("/console/admin/tenants/" + other + "/suspend", "");

    // Then
    assertThat(reply.json().path("status").textValue()).isEqualTo("suspended");
  }

  @Test
  void writesDownOnWhatSomebodyAtTheConsoleWorked() {
    // Given
    String tenants = "/admin/tenants/" + gateway.newTenant().value();
    UUID transfer = UUID.randomUUID();

    // When
    operator()
        .page()
        .post("/console" + tenants + "/transfers/" + transfer + "/reverse", "{\"reason\":\"r\"}");

    // Then
    assertThat(owner.get(tenants + "/audit?transfer=" + transfer).json().path("records"))
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.path("event.action").textValue()).isEqualTo("reverseTransfer"));
  }

  @Test
  void endsASessionWithItsAdministrator() {
    // Given
    JsonNode administrator = made("operator");
    TestClient page = signedIn(administrator).page();
    String path = ADMINISTRATORS + "/" + administrator.path("id").textValue();
    assertThat(page.get("/console/admin/tenants").status()).isEqualTo(200);

    // When
    owner.send("DELETE", path, "");

    // Then
    assertThat(page.get("/console/admin/tenants").status()).isEqualTo(401);
    assertThat(suspending().send(page).status()).isEqualTo(401);
    assertUntouched();
  }

  @Test
  void endsASessionWithItsToken() {
    // Given
    JsonNode administrator = made("operator");
    TestClient page = signedIn(administrator).page();

    // When
    owner.send("POST", ADMINISTRATORS + "/" + administrator.path("id").textValue() + "/rotate", "");

    // Then
    assertThat(page.get("/console/admin/tenants").status()).isEqualTo(401);
  }

  @Test
  void endsTheSessionsOfTheAdminTokenWhenItIsReplaced() {
    try (TestingManagement own = new TestingManagement(gateway)) {
      // Given
      TestClient page = ConsoleVisitor.signIn(own, TestingManagement.TOKEN).page();
      assertThat(page.get("/console/admin/tenants").status()).isEqualTo(200);

      // When
      own.credential.replace("another token of an owner");

      // Then
      assertThat(page.get("/console/admin/tenants").status()).isEqualTo(401);
    }
  }

  @Test
  void endsASessionForGoodWhenSomebodySignsOut() {
    // Given
    TestClient page = operator().page();

    // When
    Reply reply = page.send("DELETE", ConsoleVisitor.SESSION, "");

    // Then
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Set-Cookie").orElseThrow()).contains("sluice_console=;", "Max-Age=0");
    assertThat(page.get("/console/admin/tenants").status()).isEqualTo(401);
  }

  @Test
  void letsNoForeignPageSignSomebodyOut() {
    // Given
    TestClient page = operator().page();

    // When
    Reply reply =
        page.with("Origin", "https://attacker.example").send("DELETE", ConsoleVisitor.SESSION, "");

    // Then
    assertThat(reply.status()).isEqualTo(403);
    assertThat(page.get("/console/admin/tenants").status()).isEqualTo(200);
  }

  @Test
  void tellsAReaderWhatPagesMayOffer() {
    // When
    JsonNode session = signedIn(made("reader")).page().get(ConsoleVisitor.SESSION).json();

    // Then
    assertThat(session.path("credentials"))
        .extracting(each -> each.path("type").textValue() + each.path("fields"))
        .contains("api-keys[\"label\"]", "users[\"username\",\"password\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console",
        "/console/sign-in",
        "/console/find?q=x",
        "/console/tenants",
        "/console/tenants/1",
        "/console/tenants/1/transfers/x",
        "/console/tenants/1/accounts/x?at=now",
        "/console/tenants/1/holders/x",
        "/console/tenants/1/lots/x",
        "/console/tenants/1/audit?action=signIn",
        "/console/tenants/1/journal?from=7",
        "/console/audit",
        "/console/administrators",
        "/console/verify"
      })
  void servesPagesThatHoldNothingAndRunNothingFromElsewhere(String path) {
    // When
    Reply reply = management.anybody().get(path);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.text()).doesNotContainPattern(INLINE).doesNotContain("://", "{{");
    assertThat(reply.contentType()).isEqualTo("text/html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/nothing",
        "/console/parts/page.html",
        "/console/tenants/1/transfers/",
        "/console/%3Cscript%3E",
        "/console/tenants/1/transfers/x/y",
        "/consoles"
      })
  void knowsNoOtherAddress(String path) {
    // When
    Reply reply =
        management.raw().send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").read();

    // Then
    assertThat(reply.status()).as(reply::toString).isEqualTo(404);
    assertThat(reply.text()).doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/parts/../../sluice.version",
        "/console/parts/%2e%2e/page.html",
        "/console/%zz",
        "/console/%00",
        "/console/%ff"
      })
  void refusesAddressesThatAreNone(String path) {
    // When
    Reply reply =
        management.raw().send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").read();

    // Then
    assertThat(reply.status()).as(reply::toString).isEqualTo(400);
    assertThat(reply.json().path("error").textValue()).isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{\"token\":null}",
        "{\"token\":1}",
        "{\"token\":\"\"}",
        "{\"token\":\"a\",\"token\":\"b\"}",
        "{\"token\":\"a\",\"more\":1}",
        "{\"token\":\"\\u0000\"}"
      })
  void refusesToSignInWithWhatIsNoToken(String body) {
    // When
    Reply reply = ConsoleVisitor.page(management).post(ConsoleVisitor.SESSION, body);

    // Then
    assertThat(reply.status()).as(reply::toString).isEqualTo(400);
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @Test
  void refusesACookieOrAnOriginThatIsThereTwice() {
    // Given
    ConsoleVisitor visitor = operator();
    String head = "GET /console/admin/tenants HTTP/1.1\r\nHost: localhost\r\n";
    String cookie = "Cookie: " + visitor.cookie() + "\r\n";
    String origin = "Origin: http://localhost\r\n";

    for (String twice : List.of(cookie + cookie, cookie + origin + origin)) {
      // When
      Reply reply = management.raw().send(head + twice + "\r\n").read();

      // Then
      assertThat(reply.status()).as(twice).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PURGE", "PUT", "OPTIONS"})
  void takesNoOtherMethods(String method) {
    for (String path : List.of("/console", "/console/session", "/console/measures")) {
      // When
      Reply reply = operator().page().send(method, path, "");

      // Then
      assertThat(reply.status()).as(path).isEqualTo(method.equals("OPTIONS") ? 204 : 405);
      assertThat(reply.header("Allow").orElseThrow()).contains("GET");
    }
  }

  @Test
  void tellsWhatTheGatewayDoesToWhoeverIsSignedInUntilItStops() {
    try (TestingManagement own = new TestingManagement(gateway);
        RawClient raw = own.raw();
        CapturedLog log = CapturedLog.of("io.sluice.gateway")) {
      // Given
      ConsoleVisitor visitor = ConsoleVisitor.signIn(own, TestingManagement.TOKEN);
      raw.send(
          "GET /console/measures HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\n\r\n"
              .formatted(visitor.cookie()));
      Waiting.until(() -> streams(own).endsWith(" 1.0"));

      // When
      own.management.drain();

      // Then
      assertThat(raw.read().text()).contains("event: past\ndata: [");
      assertThat(visitor.page().get("/console/measures").status()).isEqualTo(503);
      assertThat(streams(own)).endsWith(" 0.0");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void givesThePlaceOfAPageFreeThatWasLeft() {
    // Given
    ConsoleVisitor visitor = ConsoleVisitor.signIn(management, TestingManagement.TOKEN);
    RawClient raw = management.raw();
    raw.send(
        "GET /console/measures HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\n\r\n"
            .formatted(visitor.cookie()));
    Waiting.until(() -> streams(management).endsWith(" 1.0"));

    // When
    raw.close();

    // Then
    Waiting.until(() -> streams(management).endsWith(" 0.0"));
  }

  private static String streams(TestingManagement own) {
    return own.anybody()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("sluice_console_streams"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsStrangersNothingOfWhatTheGatewayDoes() {
    // When
    Reply reply = ConsoleVisitor.page(management).get("/console/measures");

    // Then
    assertThat(reply.status()).isEqualTo(401);
  }
}
