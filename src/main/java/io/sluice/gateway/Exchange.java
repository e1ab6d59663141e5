package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Headers;
import io.sluice.dialect.MediaTypes;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request and its answer, on one event loop. It is over when both are: a client whose body is
 * refused half-way gets its answer at once, and the rest of the body is thrown away.
 */
final class Exchange implements Call {
  /** A status for logs and metrics only. */
  private static final int CLIENT_GONE = 499;

  /** Neighbours in {@link InFlight}. */
  Exchange older;

  Exchange newer;

  private final LoopRequests loop;

  /** Null for a request that never reached a route; no handler sees such a request. */
  private final RoutingContext routing;

  private final HttpServerRequest request;
  private final HttpMetrics.Operation operation;
  private final Function<Fault, Answer> faults;
  private final Context context = Vertx.currentContext();
  private final long startedNanos;
  private final String requestId;
  private final RequestBody body;
  private final Response response;

  /** Null as long as the call has not been let in. */
  private Endpoint.Admitted admitted;

  private Phase phase = Phase.ADMITTING;

  private Exchange(
      LoopRequests loop,
      RoutingContext routing,
      HttpServerRequest request,
      HttpMetrics.Operation operation,
      Function<Fault, Answer> faults) {
    this.loop = loop;
    this.routing = routing;
    this.request = request;
    this.operation = operation;
    this.faults = faults;
    startedNanos = loop.state().nanoTime();
    requestId = loop.requestIds().of(request.headers());
    body = new RequestBody(request, loop.settings().maxBodyBytes());
    response = new Response(request.response(), requestId);
  }

  /**
   * Begins with a request, which from now on is in flight and has a deadline.
   *
   * @param routing null for a request that never reached a route
   */
  static Exchange begin(
      LoopRequests loop,
      RoutingContext routing,
      HttpServerRequest request,
      HttpMetrics.Operation operation,
      Function<Fault, Answer> faults) {
    var exchange = new Exchange(loop, routing, request, operation, faults);
    loop.started(exchange);
    request.exceptionHandler(failure -> exchange.abandon());
    request.response().exceptionHandler(failure -> exchange.abandon());
    return exchange;
  }

  /** Lets an endpoint's gate look at the head, then reads the body and lets the endpoint answer. */
  void serve(Endpoint endpoint) {
    if (!Uris.isClean(request.uri())) {
      refuse(Uris.UNCLEAN);
      return;
    }
    Future<Endpoint.Admitted> admission = admission(endpoint);
    if (!admission.isComplete()) {
      // What comes of the body meanwhile stays with the client.
      request.pause();
    }
    here(admission, result -> admitted(endpoint, result));
  }

  private Future<Endpoint.Admitted> admission(Endpoint endpoint) {
    try {
      return endpoint.admit(this);
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }

  private void admitted(Endpoint endpoint, AsyncResult<Endpoint.Admitted> result) {
    if (result.failed()) {
      fail(result.cause());
      receive();
    } else if (phase == Phase.ADMITTING) {
      admitted = result.result();
      takeBody(endpoint.consumes());
    }
  }

  private void takeBody(Endpoint.Consumes consumes) {
    if (consumes == Endpoint.Consumes.NOTHING) {
      body.continueIfAsked();
      handle();
      receive();
    } else {
      body.objection(consumes).ifPresentOrElse(this::refuse, this::collect);
    }
  }

  private void collect() {
    phase = phase.then(Phase.RECEIVING);
    body.continueIfAsked();
    receive();
  }

  /** Answers a fault without looking at the body. */
  void refuse(Fault fault) {
    reply(faults.apply(fault));
  }

  /** Sends an answer that needs no handler, and does not look at the body. */
  void reply(Answer answer) {
    answer(answer);
    receive();
  }

  /** The connection cannot be used after this exchange. */
  Exchange closing() {
    response.closeAfterwards();
    return this;
  }

  private void receive() {
    if (phase != Phase.OVER) {
      request.handler(this::received).endHandler(nothing -> receivedAll()).resume();
    }
  }

  private void received(Buffer chunk) {
    if (phase == Phase.RECEIVING) {
      if (!body.collect(chunk)) {
        answer(faults.apply(body.tooLarge()));
      }
    } else if (!body.discard(chunk)) {
      cut();
    }
  }

  private void receivedAll() {
    body.end();
    if (phase == Phase.RECEIVING) {
      handle();
    } else if (!phase.owesAnswer()) {
      end();
    }
  }

  private void handle() {
    phase = phase.then(Phase.HANDLING);
    Future<Answer> answer;
    try {
      answer = admitted.answer();
    } catch (Throwable failure) {
      fail(failure);
      return;
    }
    here(answer, this::handled);
  }

  /** Goes on at once, or on this event loop when a future completes. */
  private <T> void here(Future<T> future, Handler<AsyncResult<T>> next) {
    if (future.isComplete()) {
      next.handle(future);
    } else {
      future.onComplete(result -> here(result, next));
    }
  }

  private <T> void here(AsyncResult<T> result, Handler<AsyncResult<T>> next) {
    if (Vertx.currentContext() == context) {
      next.handle(result);
    } else {
      context.runOnContext(nothing -> next.handle(result));
    }
  }

  private void handled(AsyncResult<Answer> result) {
    if (result.failed()) {
      fail(result.cause());
    } else if (result.result() == null) {
      fail(new IllegalStateException("the handler gave no answer"));
    } else {
      answer(result.result());
    }
  }

  /** Logs a defect even where the deadline has been faster. */
  private void fail(Throwable failure) {
    answer(Failures.answer(failure, faults, this));
  }

  /** Called when the deadline has passed, and again while the exchange is not over. */
  void expire() {
    switch (phase) {
      case ADMITTING -> {
        answer(faults.apply(new Fault.DeadlinePassed()));
        receive();
      }
      case RECEIVING -> {
        closing().answer(faults.apply(new Fault.BadRequest("the body did not arrive in time")));
        response.sent().onComplete(done -> cut());
      }
      case HANDLING ->
          answer(faults.apply(reads() ? new Fault.DeadlinePassed() : new Fault.Unavailable()));
      case ANSWERED, OVER -> cut();
    }
  }

  /**
   * Whether an outage has surely kept the request from taking effect: it was not let in, or it only
   * reads. Of a writer's request that is at work nobody knows here whether it takes effect.
   */
  boolean hasDoneNothing() {
    return admitted == null || reads();
  }

  private boolean reads() {
    return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
  }

  /** The first answer counts: a handler may come after the deadline, or after the client left. */
  private void answer(Answer answer) {
    if (!phase.owesAnswer()) {
      return;
    }
    phase = phase.then(Phase.ANSWERED);
    if (response.isOpen()) {
      send(answer);
    }
    record(response.status(), answer.body().length());
    if (body.isWhole()) {
      end();
    }
  }

  private void send(Answer answer) {
    if (loop.state().isDraining()) {
      response.closeAfterwards();
    }
    try {
      response.send(answer);
    } catch (IllegalArgumentException unfitHeader) {
      response.sendInstead(Failures.answer(unfitHeader, faults, this));
    }
  }

  private void cut() {
    request.connection().close();
    end();
  }

  /** The client has gone, or has sent what is no HTTP in place of a body: then it is hung up on. */
  private void abandon() {
    if (phase.owesAnswer()) {
      record(CLIENT_GONE, 0);
    }
    end();
  }

  private void record(int status, int sentBytes) {
    long nanos = loop.state().nanoTime() - startedNanos;
    operation.record(status, nanos, body.receivedBytes(), sentBytes);
    AccessLog.write(this, status, nanos, sentBytes);
  }

  /** More than one event may end an exchange; the first one counts. */
  private void end() {
    if (phase == Phase.OVER) {
      return;
    }
    phase = phase.then(Phase.OVER);
    loop.ended(this);
    if (response.closesAfterwards()) {
      response.sent().onComplete(done -> request.connection().close());
    }
  }

  long startedNanos() {
    return startedNanos;
  }

  long receivedBytes() {
    return body.receivedBytes();
  }

  HttpMetrics.Operation operation() {
    return operation;
  }

  String method() {
    return request.method().name();
  }

  String remote() {
    SocketAddress address = request.remoteAddress();
    return address == null || address.hostAddress() == null ? "" : address.hostAddress();
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public Optional<String> header(String name) {
    return Headers.single(request.headers(), name);
  }

  @Override
  public Optional<String> listHeader(String name) {
    return Headers.list(request.headers(), name);
  }

  @Override
  public String pathParameter(String name) {
    return routing.pathParam(name);
  }

  @Override
  public MultiMap query() {
    return routing.queryParams();
  }

  @Override
  public Buffer body() {
    if (admitted == null) {
      throw new IllegalStateException("a gate looks at the body");
    }
    return body.bytes();
  }

  @Override
  public void seal(Map<String, String> headers) {
    response.seal(headers);
  }

  @Override
  public String contentType() {
    return MediaTypes.essence(
        Headers.single(request.headers(), HttpHeaders.CONTENT_TYPE).orElse(null));
  }
}
