package io.sluice.dialect;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One operation of a dialect.
 *
 * @param operation the {@code operationId} in the dialect's OpenAPI document; also a metrics label
 * @param method the HTTP method
 * @param path the route template with {@code :name} parameters, such as {@code
 *     /v1/ledgers/:id/transfer}
 * @param consumes which request bodies it takes
 * @param handler answers; it may throw or fail with {@link ApiException} to answer an error
 */
public record Endpoint(
    String operation,
    HttpMethod method,
    String path,
    Consumes consumes,
    Function<Call, Future<Answer>> handler) {

  /** The request bodies an operation takes. */
  public enum Consumes {
    NOTHING,
    JSON,
    JSON_OR_FORM
  }
}
