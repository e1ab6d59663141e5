package io.sluice.dialect;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One operation as the gateway serves it. There are two ways to one: {@link #open}, which answers
 * whoever calls, and {@link Operations}, behind a gate.
 */
public final class Endpoint {
  private final String operation;
  private final HttpMethod method;
  private final String path;
  private final Consumes consumes;
  private final boolean open;
  private final Function<Call, Future<Admitted>> gate;
  private final int heldBytes;

  /** The request bodies an operation takes. */
  public enum Consumes {
    NOTHING,
    JSON,
    JSON_OR_FORM,

    /** Of any number, each a JSON object; taken as they come. */
    LINES
  }

  /** A call that was let in. */
  @FunctionalInterface
  public interface Admitted {
    /**
     * Answers, once the body is there; it may throw or fail with {@link ApiException} to answer an
     * error.
     */
    Future<Answer> answer();
  }

  private Endpoint(
      String operation,
      HttpMethod method,
      String path,
      Consumes consumes,
      boolean open,
      int heldBytes,
      Function<Call, Future<Admitted>> gate) {
    this.operation = operation;
    this.method = method;
    this.path = path;
    this.consumes = consumes;
    this.open = open;
    this.heldBytes = heldBytes;
    this.gate = gate;
  }

  /**
   * An operation that needs no caller.
   *
   * @param operation the {@code operationId} in the API's OpenAPI document; also a metrics label
   * @param path the route template with {@code :name} parameters
   * @param handler answers; it may throw or fail with {@link ApiException} to answer an error
   */
  public static Endpoint open(
      String operation,
      HttpMethod method,
      String path,
      Consumes consumes,
      Function<Call, Future<Answer>> handler) {
    return new Endpoint(
        operation,
        method,
        path,
        consumes,
        true,
        0,
        call -> Future.succeededFuture(() -> handler.apply(call)));
  }

  /**
   * An operation that asks a gate first; only {@link Operations} can make one.
   *
   * @param heldBytes the memory that a body of lines and its answer may take; 0 for other bodies
   */
  static Endpoint guarded(
      String operation,
      HttpMethod method,
      String path,
      Consumes consumes,
      int heldBytes,
      Function<Call, Future<Admitted>> gate) {
    return new Endpoint(operation, method, path, consumes, false, heldBytes, gate);
  }

  /** The {@code operationId} in the API's OpenAPI document. */
  public String operation() {
    return operation;
  }

  public HttpMethod method() {
    return method;
  }

  /** The route template with {@code :name} parameters. */
  public String path() {
    return path;
  }

  /** Which request bodies it takes. */
  public Consumes consumes() {
    return consumes;
  }

  /** The memory that a body of lines and its answer may take at once, in bytes. */
  public int heldBytes() {
    return heldBytes;
  }

  /** Whether whoever calls is answered. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Finds out whether a call is let in, before its body is read: the gate sees the head only. It
   * may throw or fail with {@link ApiException} for a call that is not.
   */
  public Future<Admitted> admit(Call call) {
    return gate.apply(call);
  }
}
