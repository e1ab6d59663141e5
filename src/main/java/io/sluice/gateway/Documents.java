package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The OpenAPI documents of the dialects, and the pages that show them. */
final class Documents {
  private static final String YAML = "application/yaml";
  private static final String PLAIN = "text/plain; charset=utf-8";

  private Documents() {}

  /** What a browser sends; programs that want YAML do not. */
  private static final String BROWSER = "text/html";

  /** One {@code GET /openapi/<dialect>.yaml} for each document there is, and the pages. */
  static List<Endpoint> endpoints(List<Dialect> dialects, TryIt tryIt) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<Dialect> documented = new ArrayList<>();
    for (Dialect dialect : dialects) {
      String path = "/openapi/" + dialect.name() + ".yaml";
      Resources.find(path)
          .ifPresent(
              text -> {
                documented.add(dialect);
                endpoints.add(document(path, text));
              });
    }
    endpoints.addAll(Reference.endpoints(documented, tryIt));
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

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Endpoint.Consumes.NOTHING, handler);
  }
}
