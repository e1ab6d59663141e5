package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.loop.LastingBytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pages for people: one that lists the APIs, for each its reference, in which requests can be
 * tried, and one that says what to do about each error. They load nothing from elsewhere, run no
 * script that stands in a page, and cannot be framed.
 */
final class Reference {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** Swagger UI styles some elements by attributes and has small pictures in its style sheet. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> PAGE =
      Map.of("Content-Security-Policy", POLICY, "Referrer-Policy", "no-referrer");

  /** Names of files say nothing of their version, so a day is long enough. */
  private static final Map<String, String> PART = Map.of("Cache-Control", "max-age=86400");

  private Reference() {}

  /** {@code GET /}, {@code GET /reference/<dialect>} for each of these, and what goes with them. */
  static List<Endpoint> endpoints(List<Dialect> documented, TryIt tryIt) {
    List<Endpoint> endpoints = new ArrayList<>();
    String page = Resources.get("/reference/page.html").toString();
    for (Dialect dialect : documented) {
      String path = "/reference/" + dialect.name();
      String filled =
          page.replace("{{name}}", dialect.name())
              .replace("{{title}}", Html.title(dialect))
              .replace("{{others}}", links(documented, dialect));
      endpoints.add(serving("reference", path, HTML, lasting(filled), PAGE));
      endpoints.add(get("try-it", path + "/try-it", call -> tryIt.answer(dialect.name(), call)));
    }
    String index = Resources.get("/reference/index.html").toString();
    String list = documented.stream().map(Reference::item).collect(Collectors.joining());
    endpoints.add(serving("index", "/", HTML, lasting(index.replace("{{documents}}", list)), PAGE));
    String errors = ErrorPage.of(documented);
    endpoints.add(serving("reference", "/reference/errors", HTML, lasting(errors), PAGE));
    endpoints.add(part("swagger-ui-bundle.js", SCRIPT, true));
    endpoints.add(part("swagger-ui.css", STYLE, true));
    endpoints.add(part("start.js", SCRIPT, false));
    endpoints.add(part("sluice.css", STYLE, false));
    return endpoints;
  }

  private static Endpoint part(String name, String type, boolean swaggerUi) {
    String path = "/reference/" + name;
    Buffer content =
        swaggerUi ? Resources.ofWebjar("org.webjars", "swagger-ui", name) : Resources.get(path);
    return serving("reference", path, type, content, PART);
  }

  private static Buffer lasting(String page) {
    return LastingBytes.of(page.getBytes(StandardCharsets.UTF_8));
  }

  /** To the reference of each API; that of the page is marked. */
  private static String links(List<Dialect> documented, Dialect shown) {
    return documented.stream()
        .map(
            dialect ->
                "<a href=\"/reference/%s\"%s>%s</a>\n"
                    .formatted(
                        dialect.name(),
                        dialect == shown ? " aria-current=\"page\"" : "",
                        Html.title(dialect)))
        .collect(Collectors.joining());
  }

  private static String item(Dialect dialect) {
    return "<li><a href=\"/reference/%s\">%s</a> <a href=\"/openapi/%s.yaml\">OpenAPI</a></li>\n"
        .formatted(dialect.name(), Html.title(dialect), dialect.name());
  }

  private static Endpoint serving(
      String operation, String path, String type, Buffer content, Map<String, String> headers) {
    Future<Answer> answer = Future.succeededFuture(new Answer(200, type, content, headers));
    return get(operation, path, call -> answer);
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Endpoint.Consumes.NOTHING, handler);
  }
}
