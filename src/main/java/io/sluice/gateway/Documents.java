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
import java.util.stream.Collectors;

/** The OpenAPI documents of the dialects, and a page that lists them. Read once, then in memory. */
final class Documents {
  private static final String YAML = "application/yaml";
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
                endpoints.add(serving("document", path, YAML, text));
              });
    }
    endpoints.add(serving("index", "/", HTML, Buffer.buffer(page(documented))));
    return List.copyOf(endpoints);
  }

  private static Endpoint serving(String operation, String path, String type, Buffer content) {
    Future<Answer> answer = Future.succeededFuture(new Answer(200, type, content, Map.of()));
    return new Endpoint(
        operation, HttpMethod.GET, path, Endpoint.Consumes.NOTHING, (Call call) -> answer);
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
