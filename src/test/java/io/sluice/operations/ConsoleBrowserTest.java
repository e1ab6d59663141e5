package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.testing.Browser;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** The console as a real browser has it; it leaves pictures of its pages in target. */
class ConsoleBrowserTest {
  private static final String SHOWN = "#view[data-shown]";

  private static TestingGateway gateway;
  private static TestingManagement management;
  private static Browser browser;
  private static String url;
  private static String tenant;
  private static FourApis apis;

  /** Of an entry that has lots, and of one between accounts that have many entries. */
  private static JsonNode retirement;

  private static JsonNode transfer;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
    url = "http://127.0.0.1:" + management.management.port();
    apis = FourApis.of(gateway);
    tenant = "/console/tenants/" + apis.tenant().value();
    retirement = entry(apis.retire("a key of one's own"));
    apis.transferBetweenLedgers();
    transfer = entry(apis.transferBetweenLedgers());
    signIn("light", 1280, "/console/find?q=nothing");
  }

  @AfterAll
  static void stop() {
    Stream.ofNullable(browser).forEach(Browser::close);
    Stream.ofNullable(management).forEach(TestingManagement::close);
    Stream.ofNullable(gateway).forEach(TestingGateway::close);
  }

  private static JsonNode entry(String quoted) {
    String link =
        management.admin().get("/admin/find?q=" + quoted).json().at("/found/0/link").textValue();
    return FourApis.ok(management.admin().get(link));
  }

  /** Leads to the page that somebody wanted, by the one where he signs in. */
  private static void signIn(String theme, int width, String page) {
    browser.open(url + page, theme, width, "form.card input");
    browser.type(TestingManagement.TOKEN, Keys.ENTER);
    browser.await("#who:not([hidden])");
    browser.await(SHOWN);
    assertThat(browser.address()).isEqualTo(page);
    // That nobody was signed in at first.
    assertThat(browser.errors()).allMatch(error -> error.contains("401"));
  }

  static Stream<String> pages() {
    String account = "/accounts/" + transfer.at("/postings/0/account_id").textValue();
    return Stream.of(
        "light 1280 /console/find?q=demo-anna",
        "dark 360 /console/find?q=demo-anna",
        "light 1280 /console/tenants",
        "dark 1280 " + tenant,
        "light 360 " + tenant,
        "dark 1280 " + tenant + "/transfers/" + retirement.path("id").textValue(),
        "light 360 " + tenant + "/transfers/" + transfer.path("id").textValue(),
        "light 1280 " + tenant + account + "?at=2030-01-01T00:00:00Z",
        "dark 360 " + tenant + account,
        "light 1280 " + tenant + "/holders/" + transfer.at("/postings/0/holder/id").textValue(),
        "dark 1280 " + tenant + "/lots/" + retirement.at("/lots/0/lot_id").textValue(),
        "light 1280 " + tenant + "/journal",
        "dark 360 " + tenant + "/journal?from=1",
        "dark 1280 " + tenant + "/audit",
        "light 360 " + tenant + "/audit",
        "light 1280 /console/audit",
        "dark 360 /console/audit?action=signIn",
        "dark 1280 /console/administrators",
        "light 360 /console/administrators",
        "light 360 /console/verify");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsAPageInEveryThemeAndWidthThatEverybodyCanUse(String page) throws IOException {
    // Given
    String[] parts = page.split(" ");

    // When
    browser.open(url + parts[2], parts[0], Integer.parseInt(parts[1]), SHOWN);

    // Then
    browser.picture("console-" + parts[0] + "-" + parts[1] + "-" + name(parts[2]));
    assertWell();
    assertThat(browser.run("return document.querySelector('#notice').hidden")).isEqualTo(true);
    assertThat(browser.run("return matchMedia('(prefers-color-scheme: dark)').matches"))
        .isEqualTo(parts[0].equals("dark"));
  }

  private static String name(String page) {
    String[] parts = page.split("\\?")[0].split("/");
    return parts.length > 5 ? parts[4] : parts[parts.length - 1] + parts.length;
  }

  private static void assertWell() {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.scrollsSideways()).as("it scrolls sideways").isFalse();
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void plotsWhatTheGatewayDoes() throws IOException {
    // Given
    MeterRegistry meters = management.metrics.registry();
    browser.open(url + "/console", "dark", 360, "#view[data-shown] canvas");

    // When
    meters.counter("sluice.transfers", "outcome", "posted").increment(500);
    meters.counter("sluice.transfers", "outcome", "expired").increment(3);
    Timer.builder("sluice.http.requests")
        .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(25))
        .register(meters)
        .record(Duration.ofMillis(3));

    // Then
    browser.await(".plots section:nth-child(3) canvas");
    browser.picture("console-dark-360-overview");
    assertWell();
    browser.open(url + "/console", "light", 1280, ".plots section:nth-child(3) canvas");
    browser.picture("console-light-1280-overview");
    assertWell();
    assertThat(browser.run("return document.querySelector('.plots').innerText"))
        .asString()
        .contains("posted", "expired", "p99");
  }

  @Test
  void verifiesTheBooksAndTellsHowFarItIs() {
    // Given
    browser.open(url + "/console/verify", "light", 1280, SHOWN);

    // When
    browser.click("#view button");

    // Then
    assertThat(browser.await(".status.whole").getText()).isEqualTo("The books are whole");
    assertWell();
  }

  @Test
  void showsASecretOnce() throws IOException {
    // Given
    browser.open(url + tenant, "light", 1280, SHOWN);
    String label = "section:has(form input[name=label]) ";
    browser.run("document.querySelector('" + label + "input').focus()");

    // When
    browser.type("for the till", Keys.ENTER);

    // Then
    String secret = browser.await(".secret dl div:last-child code").getText();
    assertThat(secret).hasSizeGreaterThan(20);
    browser.picture("console-light-1280-secret");
    assertWell();
    browser.open(url + tenant, "light", 1280, SHOWN);
    assertThat(browser.run("return document.body.innerText"))
        .asString()
        .contains("for the till")
        .doesNotContain(secret);
  }

  @Test
  void reversesATransferWithAReasonAndLeadsToTheNewEntry() {
    // Given
    String id = entry(apis.transferBetweenLedgers()).path("id").textValue();
    browser.open(url + tenant + "/transfers/" + id, "light", 1280, SHOWN);
    browser.click("details.sure summary");
    browser.run("document.querySelector('input[name=reason]').focus()");

    // When
    browser.type("paid twice", Keys.ENTER);

    // Then
    browser.await("dd a[href$='" + id + "']");
    assertThat(browser.address()).startsWith(tenant + "/transfers/").doesNotEndWith(id);
    assertWell();
  }

  @Test
  void tellsAPageNothingThatNobodySees() {
    // Given
    browser.open(url + "/console", "light", 1280, SHOWN);
    Waiting.until(() -> watching() == 1);

    // When
    browser.coverWithAnotherTab();

    // Then
    Waiting.until(() -> watching() == 0);
    browser.uncover();
    Waiting.until(() -> watching() == 1);
    assertWell();
  }

  private static int watching() {
    return (int) management.metrics.registry().get("sluice.console.streams").gauge().value();
  }

  @Test
  void makesAnAdministratorWhoseTokenItShowsOnce() throws IOException {
    // Given
    browser.open(url + "/console/administrators", "light", 1280, SHOWN);
    browser.run("document.querySelector('input[name=name]').focus()");

    // When
    browser.type("Ada", Keys.TAB, "operator", Keys.TAB, Keys.ENTER);

    // Then
    String token = browser.await(".secret dl div:last-child code").getText();
    browser.picture("console-light-1280-administrators-token");
    assertWell();
    JsonNode session =
        ConsoleVisitor.signIn(management, token).page().get("/console/session").json();
    assertThat(session.path("name").textValue()).isEqualTo("Ada");
    assertThat(session.path("role").textValue()).isEqualTo("operator");
    browser.open(url + "/console/administrators", "light", 1280, SHOWN);
    assertThat(browser.run("return document.body.innerText"))
        .asString()
        .contains("Ada")
        .doesNotContain(token);
  }

  @Test
  void endsATokenThatIsRotated() {
    // Given
    String made = "{\"name\":\"Grace\",\"role\":\"reader\"}";
    JsonNode grace = FourApis.ok(management.admin().post("/admin/administrators", made));
    ConsoleVisitor before = ConsoleVisitor.signIn(management, grace.path("token").textValue());
    browser.open(url + "/console/administrators", "dark", 360, SHOWN);

    // When
    browser.run(
        "[...document.querySelectorAll('tr')].find(row => row.innerText.startsWith('Grace'))"
            + ".querySelector('details button').click()");

    // Then
    String token = browser.await(".secret dl div:last-child code").getText();
    assertThat(before.page().get("/console/session").status()).isEqualTo(401);
    assertThat(ConsoleVisitor.signIn(management, token).page().get("/console/session").status())
        .isEqualTo(200);
    assertWell();
  }

  @Test
  void renamesATenant() {
    // Given
    String made = "{\"name\":\"before\"}";
    int id = FourApis.ok(management.admin().post("/admin/tenants", made)).path("id").intValue();
    browser.open(url + "/console/tenants/" + id, "light", 1280, SHOWN);
    browser.run("document.querySelector('#view details:has(input[name=name])').open = true");
    browser.run("document.querySelector('#view input[name=name]').focus()");

    // When
    browser.type(Keys.chord(Keys.CONTROL, "a"), "after", Keys.ENTER);

    // Then
    Waiting.until(() -> browser.await("h1").getText().equals("Tenant after"));
    assertThat(management.admin().get("/admin/tenants/" + id).json().path("name").textValue())
        .isEqualTo("after");
    assertWell();
  }

  @Test
  void asksTheAuditForWhatSomebodyIsLookingFor() {
    // Given
    browser.open(url + "/console/audit", "light", 1280, SHOWN);
    browser.run("document.querySelector('input[name=value]').focus()");

    // When
    browser.type("signIn", Keys.ENTER);

    // Then
    Waiting.until(() -> browser.address().equals("/console/audit?action=signIn"));
    browser.await("tbody tr .success");
    assertWell();
  }

  @Test
  void showsWhatOthersHaveStoredAsText() {
    // Given
    String name = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    String made = "{\"name\":\"" + name + "\"}";
    int id = FourApis.ok(management.admin().post("/admin/tenants", made)).path("id").intValue();

    // When
    browser.open(url + "/console/tenants/" + id, "light", 360, SHOWN);

    // Then
    assertThat(browser.await("h1").getText()).isEqualTo("Tenant " + name);
    assertThat(browser.run("return document.querySelectorAll('main img, main script').length"))
        .isEqualTo(0L);
    assertWell();
  }

  @Test
  void leadsWhoeverHasNoMousePastTheMenu() {
    // Given
    browser.open(url + "/console/tenants", "light", 1280, SHOWN);

    // When
    browser.type(Keys.TAB);

    // Then
    assertThat(browser.run("return document.activeElement.textContent"))
        .isEqualTo("Skip to the content");
    browser.type(Keys.ENTER);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
  }

  @Test
  void signsInAndOutAndTellsWhatIsWrong() throws IOException {
    try (Browser own = Browser.start()) {
      // Given
      own.open(url + "/console/sign-in?next=https://attacker.example/", "dark", 360, ".card input");

      // When
      own.type("no such token at all", Keys.ENTER);

      // Then
      assertThat(own.await("#notice:not([hidden])").getText()).contains("nobody's token");
      own.picture("console-dark-360-sign-in");
      assertThat(own.barriers()).isEmpty();
      own.type(TestingManagement.TOKEN, Keys.ENTER);
      own.await("#who:not([hidden])");
      assertThat(own.address()).isEqualTo("/console");
      own.click("#who button");
      own.await(".card input");
      assertThat(own.address()).isEqualTo("/console/sign-in");
    }
  }
}
