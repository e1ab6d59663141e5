package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Inflow;
import io.sluice.dialect.Pieces;
import io.sluice.ledger.TransferId;
import io.sluice.loop.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request and its answer, on one event loop. It is over when both are: a client whose body is
 * refused half-way gets its answer at once, and the rest of the body is thrown away.
 */
final class Exchange extends IncomingCall {
  /** A status for logs and metrics only. */
  private static final int CLIENT_GONE = 499;

  static final Fault LATE_BODY =
      new Fault.Unread(Fault.Unread.Cause.REQUEST_TIMEOUT, "the body did not arrive in time");

  private final LoopRequests loop;

  private final HttpServerRequest request;
  private final HttpMetrics.Operation operation;
  private final Function<Fault, Answer> faults;
  private final long startedNanos;
  private final RequestBody body;
  private final Response response;

  /** Null as long as the call has not been let in. */
  private Endpoint.Admitted admitted;

  private Phase phase = Phase.ADMITTING;

  /** Whether an answer is being made while it is sent. */
  private boolean sendingPieces;

  /** Whether there is memory for the head. */
  private boolean fits;

  private Exchange(
      LoopRequests loop,
      PathMatch path,
      HttpServerRequest request,
      HttpMetrics.Operation operation,
      Function<Fault, Answer> faults) {
    super(
        request,
        path,
        loop.connections().of(request.connection()),
        loop.requestIds().of(request.headers()),
        loop.date(),
        loop.proxies());
    this.loop = loop;
    this.request = request;
    this.operation = operation;
    this.faults = faults;
    startedNanos = loop.state().nanoTime();
    body = new RequestBody(request);
    response = response();
  }

  /** Begins with a request, which from now on is in flight and has a deadline. */
  static Exchange begin(
      LoopRequests loop,
      PathMatch path,
      HttpServerRequest request,
      HttpMetrics.Operation operation,
      Function<Fault, Answer> faults) {
    var exchange = new Exchange(loop, path, request, operation, faults);
    exchange.begin();
    request.exceptionHandler(failure -> exchange.abandon());
    request.response().exceptionHandler(failure -> exchange.abandon());
    return exchange;
  }

  private void begin() {
    loop.state().requestStarted();
    fits = connection().begins(this);
    if (!fits) {
      closing();
    }
    waitIn(loop.working(), startedNanos);
    beginsFor(loop.state().tracer());
  }

  /** Lets an endpoint's gate look at the head, then reads the body and lets the endpoint answer. */
  void serve(Endpoint endpoint) {
    if (!fits) {
      refuse(new Fault.Overloaded(RequestBody.RETRY_AFTER));
    } else if (connection().isStalled()) {
      request.pause();
      connection().whenFlowing(() -> ask(endpoint));
    } else {
      ask(endpoint);
    }
  }

  private void ask(Endpoint endpoint) {
    if (phase != Phase.ADMITTING) {
      return;
    }
    Future<Endpoint.Admitted> admission = EventLoop.attempt(() -> endpoint.admit(this));
    if (!admission.isComplete()) {
      // What comes of the body meanwhile stays with the client.
      request.pause();
    }
    here().then(admission, result -> admitted(endpoint, result));
  }

  private void admitted(Endpoint endpoint, AsyncResult<Endpoint.Admitted> result) {
    if (result.failed()) {
      fail(result.cause());
      receive();
    } else if (phase == Phase.ADMITTING) {
      admitted = result.result();
      takeBody(endpoint);
    }
  }

  private void takeBody(Endpoint endpoint) {
    if (endpoint.consumes() == Endpoint.Consumes.NOTHING) {
      body.continueIfAsked();
      handle();
      receive();
      return;
    }
    Optional<Fault> objection = body.objection(endpoint, this, loop);
    if (objection.isPresent()) {
      refuse(objection.get());
    } else if (endpoint.consumes() == Endpoint.Consumes.LINES) {
      flow();
    } else {
      collect();
    }
  }

  /** The handler takes the body as it comes, for as long as it comes. */
  private void flow() {
    leave();
    body.flow(loop, this::answerTo);
    request.handler(this::received).endHandler(nothing -> bodyEnds());
    body.continueIfAsked();
    handle();
  }

  private Answer answerTo(Throwable failure) {
    return Failures.answer(failure, faults, this);
  }

  private void collect() {
    phase = phase.then(Phase.RECEIVING);
    waitIn(loop.receiving(), loop.state().nanoTime());
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
      request.handler(this::received).endHandler(nothing -> bodyEnds()).resume();
    }
  }

  private void received(Buffer chunk) {
    if (phase == Phase.RECEIVING) {
      body.collect(chunk).ifPresent(fault -> answer(faults.apply(fault)));
    } else if (!body.passOn(chunk)) {
      cut(Cut.BODY);
    }
  }

  /** No more of it comes; who gets an answer in pieces has that whole. */
  private void bodyEnds() {
    body.end();
    if (phase == Phase.RECEIVING) {
      waitIn(loop.working(), loop.state().nanoTime());
      handle();
    } else if (!phase.owesAnswer() && !sendingPieces) {
      end();
    }
  }

  private void handle() {
    phase = phase.then(Phase.HANDLING);
    here().then(EventLoop.attempt(admitted::answer), this::handled);
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
    answer(answerTo(failure));
  }

  @Override
  void late() {
    switch (phase) {
      case ADMITTING -> {
        answer(faults.apply(new Fault.DeadlinePassed()));
        receive();
      }
      case RECEIVING -> {
        closing().answer(faults.apply(LATE_BODY));
        response.sent().onComplete(done -> cut(Cut.BODY));
      }
      case HANDLING ->
          answer(faults.apply(reads() ? new Fault.DeadlinePassed() : new Fault.Unavailable()));
      case ANSWERED, OVER -> cut(line == loop.sending() ? Cut.WRITE : Cut.BODY);
    }
  }

  /**
   * Whether an outage has surely kept the request from taking effect: it was not let in, or it only
   * reads. Of a writer's request that is at work nobody knows here whether it takes effect.
   */
  boolean hasDoneNothing() {
    return admitted == null || reads();
  }

  /** The first answer counts: a handler may come after the deadline, or after the client left. */
  private void answer(Answer answer) {
    if (!phase.owesAnswer()) {
      return;
    }
    phase = phase.then(Phase.ANSWERED);
    if (!body.flows() || answer.pieces().isEmpty()) {
      endBody();
    }
    if (answer.pieces().isPresent() && response.isOpen() && !isHead()) {
      sendPieces(answer);
      return;
    }
    if (response.isOpen()) {
      send(answer);
    }
    answered(answer.body().length(), answer.transfer());
  }

  /** It takes as long as it takes; only a client that does not take the pieces is late. */
  private void sendPieces(Answer answer) {
    leave();
    sendingPieces = true;
    closeIfLast();
    PieceWise pieces = response.begin(answer, here().context(), this, loop);
    here()
        .then(
            response.sent(),
            done -> {
              sendingPieces = false;
              if (done.failed() && phase != Phase.OVER) {
                if (answer.pieces().filter(Pieces::isOpenEnded).isEmpty()) {
                  Failures.log(done.cause(), this);
                }
                connection().cut(Cut.ANSWER);
              }
              endBody();
              answered(pieces.bytes(), answer.transfer());
            });
  }

  /** Nobody looks at the body any more; a client that still sends one that flowed has to stop. */
  private void endBody() {
    body.release();
    if (body.flows() && !body.isWhole()) {
      closing();
    }
  }

  private void answered(long sentBytes, Optional<TransferId> transfer) {
    record(response.status(), sentBytes, transfer);
    if (response.closesAfterwards()) {
      connection().leaves(!body.isWhole());
      body.end();
    }
    if (body.isWhole()) {
      end();
    }
  }

  private void closeIfLast() {
    if (loop.state().isDraining() || body.isWithheld()) {
      response.closeAfterwards();
    }
  }

  private void send(Answer answer) {
    closeIfLast();
    try {
      response.send(answer);
    } catch (IllegalArgumentException unfitHeader) {
      response.sendInstead(Failures.answer(unfitHeader, faults, this));
    }
  }

  private void cut(Cut cause) {
    connection().cut(cause);
    end();
  }

  /** The body will never be whole. What has not begun to take effect does not; nothing follows. */
  void broken(String reason) {
    if (body.isWhole()) {
      return;
    }
    if (body.flows()) {
      closing();
      body.breaks(new Fault.BadRequest(reason));
      return;
    }
    switch (phase) {
      case ADMITTING, RECEIVING -> closing().answer(faults.apply(new Fault.BadRequest(reason)));
      case HANDLING, ANSWERED, OVER -> {
        closing();
        bodyEnds();
      }
    }
  }

  /** The client has gone. */
  void abandon() {
    if (phase.owesAnswer()) {
      record(CLIENT_GONE, 0, Optional.empty());
    }
    end();
  }

  private void record(int status, long sentBytes, Optional<TransferId> transfer) {
    long nanos = loop.state().nanoTime() - startedNanos;
    operation.record(status, nanos, body.receivedBytes(), sentBytes);
    AccessLog.write(this, loop.state().tracer(), status, nanos, sentBytes, transfer);
  }

  /** More than one event may end an exchange; the first one counts. */
  private void end() {
    if (phase == Phase.OVER) {
      return;
    }
    phase = phase.then(Phase.OVER);
    leave();
    body.release();
    loop.state().requestEnded();
    connection().ends(this);
    if (response.closesAfterwards()) {
      response.sent().onComplete(done -> request.connection().close());
    }
  }

  long receivedBytes() {
    return body.receivedBytes();
  }

  HttpMetrics.Operation operation() {
    return operation;
  }

  @Override
  public Inflow inflow() {
    return body.inflow();
  }

  @Override
  public Buffer body() {
    if (admitted == null) {
      throw new IllegalStateException("a gate looks at the body");
    }
    return body.bytes();
  }
}
