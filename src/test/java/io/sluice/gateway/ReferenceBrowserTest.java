package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.FirstTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Browser;
import io.sluice.testing.TestingGateway;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages as a real browser has them; it leaves pictures of them in target. */
class ReferenceBrowserTest {
  private static TestingGateway gateway;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    gateway = TestingGateway.start();
    TenantId tenant = gateway.newTenant();
    var demonstration = new Demonstration(tenant, gateway.baseUrl(), gateway.issuer());
    for (Dialect dialect : gateway.assembly().dialects()) {
      FirstTransfer demo = Await.result(dialect.demonstrate(demonstration));
      gateway.assembly().gateway().tryAs(dialect.name(), demo);
    }
  }

  @AfterAll
  static void stop() {
    Stream.ofNullable(browser).forEach(Browser::close);
    Stream.ofNullable(gateway).forEach(TestingGateway::close);
  }

  static Stream<String> pages() {
    return Stream.of(
        "light 1280 /",
        "dark 360 /",
        "dark 1280 /reference/errors",
        "light 360 /reference/errors",
        "light 1280 /reference/orum",
        "dark 1280 /reference/isometric",
        "light 360 /reference/scrip",
        "dark 360 /reference/corebanq");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsAPageInEveryThemeAndWidthWithoutAnyError(String page) throws IOException {
    // Given
    String[] parts = page.split(" ");
    int width = Integer.parseInt(parts[1]);
    boolean reference = parts[2].matches("/reference/(?!errors).*");

    // When
    browser.open(
        gateway.baseUrl() + parts[2], parts[0], width, reference ? ".opblock-summary" : "main");

    // Then
    browser.picture(page.replaceAll("\\W+", "-"));
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.scrollsSideways()).as("it scrolls sideways").isFalse();
    assertThat(browser.run("return matchMedia('(prefers-color-scheme: dark)').matches"))
        .isEqualTo(parts[0].equals("dark"));
  }

  @ParameterizedTest
  @CsvSource({
    "isometric, createTransfer",
    "orum, createBookTransfer",
    "scrip, createTransfer",
    "corebanq, transferFunds"
  })
  void triesATransferOfTheDemoAndShowsEveryOperation(String dialect, String operation)
      throws IOException {
    // Given
    browser.open(gateway.baseUrl() + "/reference/" + dialect, "light", 1280, "#demo:not([hidden])");
    String block = ".opblock[id$='-" + operation + "']";
    browser.click(block + " .opblock-summary-control");
    // What is sent is there once the page has looked up all that the operation refers to.
    browser.await(block + " textarea.body-param__text");

    // When
    browser.click(block + " .execute");

    // Then
    String status =
        browser.await(block + " .live-responses-table tr.response .response-col_status").getText();
    browser.run("document.querySelector('.responses-inner').scrollIntoView()");
    browser.picture("tried-" + dialect);
    assertThat(status).startsWith("20");
    assertThat(browser.errors()).isEmpty();
    assertThat(
            (List<?>)
                browser.run("return [...document.querySelectorAll('.opblock')].map(b => b.id)"))
        .hasSize(operations(dialect).size())
        .allMatch(
            id ->
                operations(dialect).stream().anyMatch(name -> id.toString().endsWith("-" + name)));
  }

  private static Set<String> operations(String dialect) {
    return Set.copyOf(
        gateway.dialect(dialect).endpoints().stream().map(Endpoint::operation).toList());
  }
}
