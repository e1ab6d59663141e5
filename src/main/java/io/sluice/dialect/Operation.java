package io.sluice.dialect;

import io.sluice.dialect.Endpoint.Consumes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/**
 * One operation that needs to know who calls.
 *
 * @param <C> what a gate knows of a caller
 * @param id the {@code operationId} in the dialect's OpenAPI document; also a metrics label
 * @param method the HTTP method
 * @param path the route template with {@code :name} parameters, such as {@code
 *     /v1/ledgers/:id/transfer}
 * @param consumes which request bodies it takes
 * @param scope what the caller must be allowed; {@link #NO_SCOPE} where the API knows no scopes
 * @param handler answers
 */
public record Operation<C>(
    String id,
    HttpMethod method,
    String path,
    Consumes consumes,
    String scope,
    Handler<C> handler) {
  public static final String NO_SCOPE = "";

  /**
   * Answers calls. It may throw or fail with {@link ApiException} to answer an error.
   *
   * @param <C> what a gate knows of a caller
   */
  @FunctionalInterface
  public interface Handler<C> {
    Future<Answer> answer(C caller, Call call);
  }

  /**
   * Gets lines ready to be carried out; it may throw or fail as a {@link Handler} may.
   *
   * @param <C> what a gate knows of a caller
   */
  @FunctionalInterface
  public interface LineHandler<C> {
    Future<ReadyLine> prepare(C caller, Call line);
  }

  /** The same operation, answered by another handler. */
  public Operation<C> answeredBy(Handler<C> other) {
    return new Operation<>(id, method, path, consumes, scope, other);
  }

  /** The same operation below another path. */
  public Operation<C> below(String prefix) {
    return new Operation<>(id, method, prefix + path, consumes, scope, handler);
  }
}
