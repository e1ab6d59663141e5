package io.sluice.dialect;

import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.ledger.Principal;
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The table of an API's operations. A handler gets the caller whom the gate let in, so none can be
 * written that forgets to ask; what needs no caller says {@link #open}. The order is kept: the
 * router tries one after the other.
 *
 * @param <C> what the gate knows of a caller
 */
public final class Operations<C> {
  private final List<Row<C>> rows = new ArrayList<>();

  private sealed interface Row<C> {
    record Guarded<C>(Operation<C> operation) implements Row<C> {}

    /**
     * @param line one of the lines, as if it came alone
     */
    record Lines<C>(Operation<C> line, Bulk bulk, Operation.LineHandler<C> handler)
        implements Row<C> {
      /** The operation that takes them all, and asks the gate for each. */
      Operation<C> whole(Gate<C> gate, Function<C, Principal> principal) {
        return line.answeredBy(
            (caller, call) ->
                bulk.answer(
                    principal.apply(caller).tenant(),
                    call,
                    each ->
                        Chain.compose(
                            gate.admit(each, line), admitted -> handler.prepare(admitted, each))));
      }
    }

    record Open<C>(Endpoint endpoint) implements Row<C> {}
  }

  /** Reads; takes no body. */
  public Operations<C> get(String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.GET, path, Consumes.NOTHING, scope, handler);
  }

  /** Takes a JSON body. */
  public Operations<C> post(String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.POST, path, Consumes.JSON, scope, handler);
  }

  /** Takes a JSON body. */
  public Operations<C> put(String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.PUT, path, Consumes.JSON, scope, handler);
  }

  /** Takes a JSON body. */
  public Operations<C> patch(String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.PATCH, path, Consumes.JSON, scope, handler);
  }

  /** Takes no body. */
  public Operations<C> delete(String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.DELETE, path, Consumes.NOTHING, scope, handler);
  }

  /** Takes no body although it changes something. */
  public Operations<C> postNothing(
      String id, String path, String scope, Operation.Handler<C> handler) {
    return add(id, HttpMethod.POST, path, Consumes.NOTHING, scope, handler);
  }

  /**
   * Takes lines of JSON, as many as there are, and answers each by one. The gate is asked for each
   * as for a request of its own.
   */
  public Operations<C> lines(
      String id, String path, String scope, Bulk bulk, Operation.LineHandler<C> handler) {
    Operation.Handler<C> alone =
        (caller, line) -> Chain.compose(handler.prepare(caller, line), ReadyLine::carryOut);
    var line = new Operation<>(id, HttpMethod.POST, path, Consumes.LINES, scope, alone);
    rows.add(new Row.Lines<>(line, bulk, handler));
    return this;
  }

  /** Reads, in an API without scopes. */
  public Operations<C> get(String id, String path, Operation.Handler<C> handler) {
    return get(id, path, Operation.NO_SCOPE, handler);
  }

  /** Takes a JSON body, in an API without scopes. */
  public Operations<C> post(String id, String path, Operation.Handler<C> handler) {
    return post(id, path, Operation.NO_SCOPE, handler);
  }

  /** Takes a JSON body, in an API without scopes. */
  public Operations<C> put(String id, String path, Operation.Handler<C> handler) {
    return put(id, path, Operation.NO_SCOPE, handler);
  }

  /** Takes a JSON body, in an API without scopes. */
  public Operations<C> patch(String id, String path, Operation.Handler<C> handler) {
    return patch(id, path, Operation.NO_SCOPE, handler);
  }

  /** Takes no body, in an API without scopes. */
  public Operations<C> delete(String id, String path, Operation.Handler<C> handler) {
    return delete(id, path, Operation.NO_SCOPE, handler);
  }

  /** Takes no body although it changes something, in an API without scopes. */
  public Operations<C> putNothing(String id, String path, Operation.Handler<C> handler) {
    return add(id, HttpMethod.PUT, path, Consumes.NOTHING, Operation.NO_SCOPE, handler);
  }

  /** Takes no body although it changes something, in an API without scopes. */
  public Operations<C> postNothing(String id, String path, Operation.Handler<C> handler) {
    return postNothing(id, path, Operation.NO_SCOPE, handler);
  }

  /** Answers whoever calls. */
  public Operations<C> open(
      String id,
      HttpMethod method,
      String path,
      Consumes consumes,
      Function<Call, Future<Answer>> handler) {
    rows.add(new Row.Open<>(Endpoint.open(id, method, path, consumes, handler)));
    return this;
  }

  /** Appends the operations of another table. */
  public Operations<C> and(Operations<C> others) {
    rows.addAll(others.rows);
    return this;
  }

  /** The same table with other handlers. */
  public Operations<C> map(UnaryOperator<Operation<C>> change) {
    var changed = new Operations<C>();
    for (Row<C> row : rows) {
      changed.rows.add(
          switch (row) {
            case Row.Guarded<C>(Operation<C> operation) ->
                new Row.Guarded<>(change.apply(operation));
            case Row.Lines<C> lines -> lines;
            case Row.Open<C> open -> open;
          });
    }
    return changed;
  }

  /**
   * What the gateway serves.
   *
   * @param principal who a caller is
   */
  public List<Endpoint> behind(Gate<C> gate, Function<C, Principal> principal) {
    return behind(gate, (call, caller) -> call.isFrom(principal.apply(caller)), principal);
  }

  /** What the gateway serves to callers who act for no tenant. They send no lines. */
  public List<Endpoint> behind(Gate<C> gate) {
    return behind(
        gate,
        (call, caller) -> {},
        caller -> {
          throw new IllegalStateException("there is no tenant whose share is taken");
        });
  }

  private List<Endpoint> behind(
      Gate<C> gate, BiConsumer<Call, C> introduction, Function<C, Principal> principal) {
    Stream<Endpoint> endpoints =
        rows.stream()
            .map(
                row ->
                    switch (row) {
                      case Row.Guarded<C>(Operation<C> operation) ->
                          guarded(operation, 0, gate, introduction);
                      case Row.Lines<C> lines ->
                          guarded(
                              lines.whole(gate, principal),
                              lines.bulk().heldBytes(),
                              gate,
                              introduction);
                      case Row.Open<C>(Endpoint endpoint) -> endpoint;
                    });
    return endpoints.toList();
  }

  private static <C> Endpoint guarded(
      Operation<C> operation, int heldBytes, Gate<C> gate, BiConsumer<Call, C> introduction) {
    return Endpoint.guarded(
        operation.id(),
        operation.method(),
        operation.path(),
        operation.consumes(),
        heldBytes,
        call ->
            Chain.map(
                gate.admit(call, operation),
                caller -> {
                  introduction.accept(call, caller);
                  // Also where it means nothing: whoever sends two relies on one of them.
                  call.header(Headers.IDEMPOTENCY_KEY);
                  return () -> operation.handler().answer(caller, call);
                }));
  }

  private Operations<C> add(
      String id,
      HttpMethod method,
      String path,
      Consumes consumes,
      String scope,
      Operation.Handler<C> handler) {
    rows.add(new Row.Guarded<>(new Operation<>(id, method, path, consumes, scope, handler)));
    return this;
  }
}
