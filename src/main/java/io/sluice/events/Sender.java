package io.sluice.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.events.Destinations.Destination;
import io.sluice.store.events.Delivery.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends one message to one receiver: resolves its name, looks at the address, connects to that very
 * address, signs, and listens to what comes back. A connection is kept a moment for the next
 * message to that address. For one event loop.
 */
final class Sender {
  private static final int MAX_HEADER_BYTES = 16_384;

  /**
   * How long a connection is kept for the next message: less than servers keep them, which close
   * them just as something is sent otherwise.
   */
  private static final int KEEP_SECONDS = 2;

  private final Vertx vertx;
  private final Destinations destinations;
  private final HttpClient http;
  private final KeptConnections kept;

  /**
   * @param tls what to trust; the platform's authorities unless it says otherwise
   * @param connections how many are sent on at once
   */
  Sender(
      Vertx vertx,
      Destinations destinations,
      HttpClientOptions tls,
      int connections,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.kept = new KeptConnections(connections, registry);
    this.destinations = destinations;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions(tls)
                .setKeepAliveTimeout(KEEP_SECONDS)
                .setMaxRedirects(0)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setVerifyHost(true)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(connections));
  }

  /** One attempt; never fails, and takes no longer than the courier gives the receiver. */
  Future<Answer> send(Courier courier, Message message) {
    var post = new Post();
    Duration timeout = courier.timeout();
    long timer = vertx.setTimer(timeout.toMillis(), late -> post.giveUp());
    destinations
        .find(message.endpoint().tenant(), message.endpoint().url())
        .onSuccess(to -> send(post, courier, message, to, true))
        .onFailure(failure -> post.end(Optional.of(failure)));
    return post.answer().onComplete(done -> vertx.cancelTimer(timer));
  }

  /**
   * Sends it on a connection that was kept, or a new one. A receiver may close one that was kept
   * just then, which is no failure of its own.
   *
   * @param again whether it may be sent once more where that happens
   */
  private void send(Post post, Courier courier, Message message, Destination to, boolean again) {
    http.request(options(to, courier.timeout()))
        .onSuccess(
            request -> {
              // Before it is signed: who closes it meanwhile would be noted after he has gone.
              boolean mayHaveClosed = kept.isKept(request.connection());
              BooleanSupplier onFailure =
                  () -> {
                    kept.forget(request.connection());
                    if (mayHaveClosed && again) {
                      send(post, courier, message, to, false);
                    }
                    return mayHaveClosed && again;
                  };
              signed(request, courier, message)
                  .onSuccess(ready -> post.send(ready, message.body(), onFailure))
                  .onFailure(failure -> post.end(Optional.of(failure)));
            })
        .onFailure(failure -> post.end(Optional.of(failure)));
  }

  /** Only for who is there: a signature costs more than to find that nobody is. */
  private static Future<HttpClientRequest> signed(
      HttpClientRequest request, Courier courier, Message message) {
    return Future.succeededFuture(message)
        .compose(courier::headers)
        .map(
            headers -> {
              headers.forEach(request::putHeader);
              return request;
            })
        .recover(
            failure -> {
              request.reset();
              return Future.failedFuture(new Post.NotSigned(failure));
            });
  }

  private RequestOptions options(Destination to, Duration timeout) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            // Without a further look-up: this is the address that was found good.
            .setServer(SocketAddress.inetSocketAddress(to.port(), to.address().getHostAddress()))
            .setHost(to.host())
            .setPort(to.port())
            .setSsl(to.tls())
            .setURI(to.path())
            .setFollowRedirects(false)
            .setConnectTimeout(timeout.toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "Sluice");
    return kept.isRoom() ? options : options.putHeader("Connection", "close");
  }

  Future<Void> close() {
    return http.close();
  }
}
