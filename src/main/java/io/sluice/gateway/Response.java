package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** The one answer to a request, and the headers that it carries whichever answer it is. */
final class Response {
  private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");

  private final HttpServerResponse http;
  private final String requestId;
  private final HttpDate date;
  private Map<String, String> seal = Map.of();
  private boolean closing;
  private Future<Void> sent = Future.succeededFuture();

  Response(HttpServerResponse http, String requestId, HttpDate date) {
    this.http = http;
    this.requestId = requestId;
    this.date = date;
  }

  /** The connection cannot be used after this answer. */
  void closeAfterwards() {
    closing = true;
  }

  boolean closesAfterwards() {
    return closing;
  }

  /** Headers that the answer carries whichever it is, in place of earlier ones. */
  void seal(Map<String, String> headers) {
    seal = headers;
  }

  /** Whether there is still somebody to send an answer to. */
  boolean isOpen() {
    return !http.closed() && !http.ended();
  }

  /**
   * Sends an answer.
   *
   * @throws IllegalArgumentException when a header is not fit to be sent; nothing has been sent
   *     then
   */
  void send(Answer answer) {
    head(answer);
    sent = http.end(answer.body());
  }

  /**
   * Begins to send an answer whose body is made meanwhile.
   *
   * @return completes when it is out; fails when it will never be whole
   */
  PieceWise begin(Answer answer, Context context, Timed reader, LoopRequests loop) {
    head(answer);
    http.setChunked(true);
    var pieces = new PieceWise(http, context, answer.pieces().orElseThrow(), reader, loop);
    sent = pieces.send();
    return pieces;
  }

  private void head(Answer answer) {
    MultiMap headers = http.headers();
    http.setStatusCode(answer.status());
    headers.set(HttpHeaders.DATE, date.text());
    headers.set(RequestIds.HEADER, requestId);
    headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
    if (answer.body().length() > 0 || answer.pieces().isPresent()) {
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach(headers::set);
    seal.forEach(headers::set);
    if (closing) {
      headers.set(HttpHeaders.CONNECTION, CLOSE);
    }
  }

  /** Sends an answer in place of one that could not be sent. */
  void sendInstead(Answer answer) {
    http.headers().clear();
    send(answer);
  }

  int status() {
    return http.getStatusCode();
  }

  /** Completes when the answer is out, or will never be. */
  Future<Void> sent() {
    return sent;
  }
}
