package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.gateway.Resources;
import io.sluice.loop.LastingBytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of the console is the same for everybody: pages without data, scripts and styles. They load
 * nothing from elsewhere, run no script and have no style that stands in a page, and cannot be
 * framed.
 */
final class ConsolePages {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final Map<String, String> SHIELD =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static final String TENANT = "/console/tenants/:tenant";

  /** In the order of paths; the view is the module that fills the page. */
  private static final List<Page> PAGES =
      List.of(
          new Page("/console", "Overview", "overview"),
          new Page("/console/sign-in", "Sign in", "sign-in"),
          new Page("/console/find", "Find", "find"),
          new Page("/console/tenants", "Tenants", "tenants"),
          new Page(TENANT, "Tenant", "tenant"),
          new Page(TENANT + "/audit", "Audit of a tenant", "audit"),
          new Page(TENANT + "/journal", "Journal", "journal"),
          new Page(TENANT + "/transfers/:id", "Transfer", "transfer"),
          new Page(TENANT + "/accounts/:id", "Account", "account"),
          new Page(TENANT + "/holders/:id", "Holder", "holder"),
          new Page(TENANT + "/lots/:id", "Lot", "lot"),
          new Page("/console/audit", "Audit", "audit"),
          new Page("/console/administrators", "Administrators", "administrators"),
          new Page("/console/verify", "Verify the books", "verify"));

  private static final List<String> SCRIPTS =
      List.of(
          "console",
          "api",
          "dom",
          "sign-in",
          "overview",
          "find",
          "things",
          "tenants",
          "journal",
          "audit",
          "administrators",
          "plots",
          "verify");

  private record Page(String path, String title, String view) {}

  private ConsolePages() {}

  static List<Endpoint> endpoints() {
    Stream<Endpoint> pages =
        PAGES.stream().map(page -> serving(page.path(), HTML, html(page.title(), page.view())));
    Stream<Endpoint> scripts =
        SCRIPTS.stream().map(name -> serving(part(name + ".js"), SCRIPT, own(name + ".js")));
    Stream<Endpoint> rest =
        Stream.of(
            serving(part("console.css"), STYLE, own("console.css")),
            serving(part("uplot.js"), SCRIPT, ofPlots("uPlot.esm.js")),
            serving(part("uplot.css"), STYLE, ofPlots("uPlot.min.css")));
    return Stream.of(pages, scripts, rest).flatMap(all -> all).toList();
  }

  /** The page of an address that there is none at. */
  static Answer nothingHere() {
    return new Answer(404, HTML, html("Nothing here", "nothing"), SHIELD);
  }

  private static Buffer html(String title, String view) {
    String page = own("page.html").toString().replace("{{title}}", title).replace("{{view}}", view);
    return LastingBytes.of(page.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(String file) {
    return "/console/parts/" + file;
  }

  private static Buffer own(String file) {
    return Resources.get("/console/" + file);
  }

  private static Buffer ofPlots(String file) {
    return Resources.ofWebjar("org.webjars.npm", "uplot", "dist/" + file);
  }

  private static Endpoint serving(String path, String type, Buffer content) {
    Future<Answer> answer = Future.succeededFuture(new Answer(200, type, content, SHIELD));
    return Endpoint.open("console", HttpMethod.GET, path, Consumes.NOTHING, call -> answer);
  }
}
