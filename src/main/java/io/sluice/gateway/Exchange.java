package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.MediaTypes;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request and its answer, on one event loop. It is over when both are: a client whose body is
 * refused half-way gets its answer at once, and the rest of the body, up to a limit, is thrown away
 * so that the client can finish sending and then read.
 */
final class Exchange implements Call {
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
  private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

  /** How much of a refused body is read and thrown away before the connection is cut. */
  private static final long MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

  /** A status for logs and metrics only. */
  private static final int CLIENT_GONE = 499;

  static final Buffer NO_BODY = Buffer.buffer();

  /** Neighbours in {@link InFlight}. */
  Exchange older;

  Exchange newer;

  private final EventLoop loop;

  /** Null for a request that never reached a route; no handler sees such a request. */
  private final RoutingContext routing;

  private final HttpServerRequest request;
  private final HttpMetrics.Operation operation;
  private final Function<Fault, Answer> faults;
  private final Context context = Vertx.currentContext();
  private final long startedNanos = System.nanoTime();
  private final String requestId;

  private Endpoint endpoint;
  private Buffer body = NO_BODY;
  private boolean bodyIsOurs;
  private long receivedBytes;
  private boolean wholeBodyIn;
  private boolean handling;
  private boolean answered;
  private boolean mustClose;
  private boolean over;
  private Future<Void> sent = Future.succeededFuture();

  Exchange(
      EventLoop loop,
      RoutingContext routing,
      HttpServerRequest request,
      HttpMetrics.Operation operation,
      Function<Fault, Answer> faults) {
    this.loop = loop;
    this.routing = routing;
    this.request = request;
    this.operation = operation;
    this.faults = faults;
    requestId = loop.requestIds().of(request.getHeader(REQUEST_ID));
    loop.started(this);
    request.exceptionHandler(this::broken);
    request.response().exceptionHandler(failure -> abandon());
  }

  /** Reads the body and lets an endpoint answer. */
  void serve(Endpoint served) {
    endpoint = served;
    if (!Uris.isClean(request.uri())) {
      refuse(Uris.UNCLEAN);
    } else if (endpoint.consumes() == Endpoint.Consumes.NOTHING) {
      continueIfAsked();
      handle();
      receive();
    } else if (!takesBody()) {
      refuse(new Fault.UnsupportedMediaType(header("Content-Type").orElse("")));
    } else if (declaredBytes() > loop.options().maxBodyBytes()) {
      refuse(new Fault.BodyTooLarge(loop.options().maxBodyBytes()));
    } else {
      continueIfAsked();
      receive();
    }
  }

  /** Answers a fault without looking at the body. */
  void refuse(Fault fault) {
    answer(faults.apply(fault));
    receive();
  }

  /** Answers a fault, says which methods there are, and does not look at the body. */
  void refuse(Fault fault, String allow) {
    answer(faults.apply(fault).with(ALLOW.toString(), allow));
    receive();
  }

  /** Sends an answer that needs no handler, and does not look at the body. */
  void reply(Answer answer) {
    answer(answer);
    receive();
  }

  /** The connection cannot be used after this answer. */
  Exchange closing() {
    mustClose = true;
    return this;
  }

  private boolean takesBody() {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
    return plain
        && MediaTypes.accepts(endpoint.consumes(), request.getHeader(HttpHeaders.CONTENT_TYPE));
  }

  /** Netty has refused anything but digits that fit a long by now. */
  private long declaredBytes() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.trim());
  }

  private void continueIfAsked() {
    String expect = request.getHeader(HttpHeaders.EXPECT);
    if (expect != null && expect.equalsIgnoreCase("100-continue")) {
      request.response().writeContinue();
    }
  }

  private void receive() {
    request.handler(this::received).endHandler(nothing -> receivedAll());
  }

  private void received(Buffer chunk) {
    receivedBytes += chunk.length();
    if (answered || handling) {
      if (receivedBytes > MAX_DISCARDED_BYTES) {
        cut();
      }
    } else if (receivedBytes > loop.options().maxBodyBytes()) {
      answer(faults.apply(new Fault.BodyTooLarge(loop.options().maxBodyBytes())));
    } else {
      collect(chunk);
    }
  }

  /** Nearly every body is one chunk, which is not copied. */
  private void collect(Buffer chunk) {
    if (body == NO_BODY) {
      body = chunk;
    } else if (bodyIsOurs) {
      body.appendBuffer(chunk);
    } else {
      bodyIsOurs = true;
      body = Buffer.buffer(body.length() + chunk.length()).appendBuffer(body).appendBuffer(chunk);
    }
  }

  private void receivedAll() {
    wholeBodyIn = true;
    if (answered) {
      end();
    } else if (!handling) {
      handle();
    }
  }

  private void handle() {
    handling = true;
    Future<Answer> answer;
    try {
      answer = endpoint.handler().apply(this);
    } catch (Throwable failure) {
      fail(failure);
      return;
    }
    if (answer.isComplete()) {
      handled(answer);
    } else {
      answer.onComplete(this::handledLater);
    }
  }

  private void handledLater(AsyncResult<Answer> result) {
    if (Vertx.currentContext() == context) {
      handled(result);
    } else {
      context.runOnContext(nothing -> handled(result));
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

  /** Called when the deadline has passed. */
  void expire() {
    if (answered) {
      cut();
    } else if (!handling) {
      closing().answer(faults.apply(new Fault.BadRequest("the body did not arrive in time")));
      sent.onComplete(done -> cut());
    } else {
      answer(faults.apply(lateFault()));
    }
  }

  /** A reader lost nothing. Of a writer's request nobody knows here whether it takes effect. */
  private Fault lateFault() {
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    return reads ? new Fault.DeadlinePassed() : new Fault.Unavailable();
  }

  private void answer(Answer answer) {
    if (answered) {
      return;
    }
    answered = true;
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      try {
        send(response, answer);
      } catch (IllegalArgumentException unfitHeader) {
        response.headers().clear();
        send(response, Failures.answer(unfitHeader, faults, this));
      }
    }
    record(response.getStatusCode(), answer.body().length());
    if (wholeBodyIn) {
      end();
    }
  }

  private void send(HttpServerResponse response, Answer answer) {
    response.setStatusCode(answer.status());
    MultiMap headers = response.headers();
    headers.set(REQUEST_ID, requestId);
    if (answer.body().length() > 0) {
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach(headers::set);
    mustClose |= loop.state().isDraining();
    if (mustClose) {
      headers.set(HttpHeaders.CONNECTION, CLOSE);
    }
    sent = response.end(answer.body());
  }

  private void cut() {
    request.connection().close();
    end();
  }

  /** The body cannot be read to its end: the client has gone, or sends what is not HTTP. */
  private void broken(Throwable failure) {
    if (failure instanceof HttpClosedException || answered) {
      abandon();
    } else {
      closing().answer(faults.apply(new Fault.BadRequest("the body is not well-formed HTTP")));
      end();
    }
  }

  /** The client has gone. */
  private void abandon() {
    if (!answered) {
      answered = true;
      record(CLIENT_GONE, 0);
    }
    end();
  }

  private void record(int status, int sentBytes) {
    long nanos = System.nanoTime() - startedNanos;
    operation.record(status, nanos, receivedBytes, sentBytes);
    AccessLog.write(this, status, nanos, sentBytes);
  }

  private void end() {
    if (!over) {
      over = true;
      loop.ended(this);
      if (mustClose) {
        sent.onComplete(done -> request.connection().close());
      }
    }
  }

  long startedNanos() {
    return startedNanos;
  }

  long receivedBytes() {
    return receivedBytes;
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
    return Optional.ofNullable(request.getHeader(name));
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
    return body;
  }

  @Override
  public String contentType() {
    return MediaTypes.essence(request.getHeader(HttpHeaders.CONTENT_TYPE));
  }
}
