package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The OpenAPI documents of the dialects, and a page that lists them. Read once, then in memory. */
final class Documents {
  private static final String YAML = "application/yaml";
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Sluice</title></head>
      <body>
      <h1>Sluice</h1>
      <p>A transfer gateway. One ledger behind these APIs:</p>
      <ul>
      %s</ul>
      </body>
      </html>
      """;

  private Documents() {}

  /** What a browser sends; programs that want YAML do not. */
  private static final String BROWSER = "text/html";

  /** {@code GET /} and one {@code GET /openapi/<dialect>.yaml} for each document there is. */
  static List<Endpoint> endpoints(List<Dialect> dialects) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<String> documented = new ArrayList<>();
    for (Dialect dialect : dialects) {
      String path = "/openapi/" + dialect.name() + ".yaml";
      resource(path)
          .ifPresent(
              text -> {
                documented.add(dialect.name());
                endpoints.add(document(path, text));
              });
    }
    endpoints.add(serving("index", "/", HTML, Buffer.buffer(page(documented))));
    return List.copyOf(endpoints);
  }

  /** Browsers show plain text where they would save a file of YAML. */
  private static Endpoint document(String path, Buffer content) {
    Map<String, String> headers = Map.of("Vary", "Accept");
    var yaml = Future.succeededFuture(new Answer(200, YAML, content, headers));
    var shown = Future.succeededFuture(new Answer(200, PLAIN, content, headers));
    return get(
        "document",
        path,
        call ->
            call.listHeader("Accept").filter(accept -> accept.contains(BROWSER)).isPresent()
                ? shown
                : yaml);
  }

  private static Endpoint serving(String operation, String path, String type, Buffer content) {
    Future<Answer> answer = Future.succeededFuture(new Answer(200, type, content, Map.of()));
    return get(operation, path, call -> answer);
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Endpoint.Consumes.NOTHING, handler);
  }

  private static String page(List<String> names) {
    return PAGE.formatted(
        names.stream()
            .map(name -> "<li>" + name + ": <a href=\"/openapi/" + name + ".yaml\">OpenAPI</a>\n")
            .collect(Collectors.joining()));
  }

  private static Optional<Buffer> resource(String path) {
    try (InputStream in = Documents.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
