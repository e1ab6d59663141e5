package io.sluice.events;

import io.sluice.store.events.Delivery.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;

/**
 * One request that has been sent, and what is heard of it: the status, and the beginning of the
 * body. For the event loop that sends it.
 */
final class Post {
  /** As much of an answer's body is kept; the rest is not read. */
  static final int MAX_ANSWER_BYTES = 4_096;

  private static final int OK = 200;
  private static final int NOT_OK = 300;

  private final Promise<Answer> promise = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private Optional<HttpClientRequest> request = Optional.empty();
  private Optional<Integer> status = Optional.empty();
  private boolean over;

  /** What came of it; never fails. */
  Future<Answer> answer() {
    return promise.future();
  }

  static boolean isGood(Answer answer) {
    return answer.errorCode().isEmpty();
  }

  /**
   * Sends the request, unless it is over already.
   *
   * @param again is asked where it fails before there is an answer: whether it is sent once more
   */
  void send(HttpClientRequest opened, Buffer content, BooleanSupplier again) {
    if (over) {
      opened.reset();
      return;
    }
    request = Optional.of(opened);
    opened.response().onSuccess(this::hear).onFailure(failure -> fail(opened, failure, again));
    opened.end(content).onFailure(failure -> fail(opened, failure, again));
  }

  private void fail(HttpClientRequest opened, Throwable failure, BooleanSupplier again) {
    if (over || request.filter(current -> current == opened).isEmpty()) {
      return;
    }
    request = Optional.empty();
    if (status.isPresent() || !again.getAsBoolean()) {
      end(Optional.of(failure));
    }
  }

  private void hear(HttpClientResponse response) {
    status = Optional.of(response.statusCode());
    if (response.statusCode() < OK) {
      // Another answer may follow, which must not be taken for that to the next message.
      end(Optional.empty());
      return;
    }
    // Or the receiver would say how long the connection is kept, were it for ever.
    response.headers().remove(HttpHeaders.KEEP_ALIVE);
    response.exceptionHandler(failure -> end(Optional.empty()));
    response.handler(
        chunk -> {
          int room = MAX_ANSWER_BYTES - body.length();
          body.appendBuffer(chunk.slice(0, Math.min(room, chunk.length())));
          if (chunk.length() >= room) {
            end(Optional.empty());
          }
        });
    response.endHandler(done -> end(Optional.empty()));
  }

  /** Waits no longer; what has been heard by now is the answer. */
  void giveUp() {
    end(status.isPresent() ? Optional.empty() : Optional.of(new TimeoutException()));
  }

  /** Ends it; a failure counts only where there is no status. */
  void end(Optional<Throwable> failure) {
    if (over) {
      return;
    }
    over = true;
    request.ifPresent(HttpClientRequest::reset);
    promise.complete(
        failure.isPresent() && status.isEmpty() ? nothing(failure.get()) : heard(status.get()));
  }

  private Answer heard(int code) {
    boolean good = code >= OK && code < NOT_OK;
    return new Answer(
        status,
        Optional.of(text(body)).filter(text -> !text.isEmpty()),
        good ? Optional.empty() : Optional.of("consumer_response_status"),
        good ? Optional.empty() : Optional.of("the receiver answered " + code));
  }

  private static Answer nothing(Throwable failure) {
    return switch (failure) {
      case TimeoutException late ->
          nothing("consumer_response_timeout", "the receiver did not answer in time");
      case Destinations.Refused refused ->
          nothing("url_refused", "the endpoint's url " + refused.getMessage());
      case NotSigned unsigned -> nothing("not_signed", "the event could not be signed");
      case SSLException tls ->
          nothing("consumer_tls_failed", "the receiver's TLS certificate or protocol is no good");
      default -> nothing("consumer_connection_failed", "the receiver could not be reached");
    };
  }

  private static Answer nothing(String code, String words) {
    return new Answer(Optional.empty(), Optional.empty(), Optional.of(code), Optional.of(words));
  }

  /** The dialect could not make the headers. */
  static final class NotSigned extends Exception {
    private static final long serialVersionUID = 1;

    NotSigned(Throwable cause) {
      super(cause);
    }
  }

  /** What can be shown and stored of it. */
  private static String text(Buffer bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }
}
