package io.sluice.events;

import static io.vertx.core.buffer.Buffer.buffer;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.loop.EventLoop;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to receivers carry one message after the other. */
class KeptConnectionTest extends EventDeliveries {
  private static final int EVENTS = 20;
  private static final Ways ONCE = new Ways(Patience.LIMIT, 1);
  private static final String THANKS = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  KeptConnectionTest() {
    super(Clock.systemUTC());
  }

  /** Whoever rests longer than a connection is kept needs more than one, but not one for each. */
  @Test
  void carriesOneMessageAfterTheOther() {
    // Given
    UUID endpoint = endpoint(tenant, answers((socket, before) -> socket.write(THANKS)));
    IntStream.range(0, EVENTS).forEach(i -> happen(tenant, "x" + i));

    // When
    startOneByOne();

    // Then
    awaitEnd(endpoint);
    assertThat(requests).hasValue(EVENTS);
    assertThat(connections).hasValueLessThan(EVENTS);
  }

  @Test
  void isNoFailureWhereTheReceiverClosesItJustThen() {
    // Given
    UUID endpoint =
        endpoint(
            tenant,
            answers(
                (socket, before) -> {
                  if (before == 0) {
                    socket.write(THANKS);
                  } else {
                    socket.close();
                  }
                }));
    IntStream.range(0, EVENTS).forEach(i -> happen(tenant, "x" + i));

    // When
    startOneByOne();

    // Then
    awaitEnd(endpoint);
    List<Delivery> all =
        Await.result(deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), EVENTS));
    assertThat(all).hasSize(EVENTS).allMatch(each -> each.status() == DeliveryStatus.DELIVERED);
    assertThat(connections).hasValue(EVENTS);
  }

  @Test
  void isTriedOnceWhereTheReceiverClosesANewOne() {
    // Given
    UUID endpoint = endpoint(tenant, answers((socket, before) -> socket.close()));
    happen(tenant, "x");

    // When
    startOneByOne();

    // Then
    assertThat(awaitEnd(endpoint).status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(requests).hasValue(1);
  }

  /** Or whoever likes could hold all those that may be kept. */
  @ParameterizedTest
  @ValueSource(strings = {"timeout=0", "timeout=86400"})
  void isKeptNoLongerThoughTheReceiverSaysSo(String wish) {
    // Given
    String thanks = THANKS.replace("Content", "Keep-Alive: " + wish + "\r\nContent");
    Promise<Void> closed = Promise.promise();
    UUID endpoint =
        endpoint(
            tenant,
            answers(
                (socket, before) -> {
                  socket.closeHandler(closed::complete);
                  socket.write(thanks);
                }));
    happen(tenant, "x");

    // When
    startOneByOne();

    // Then
    awaitEnd(endpoint);
    Await.result(closed.future());
  }

  @Test
  void carriesNoMessageAfterOneWhoseAnswerIsStillToCome() {
    // Given a receiver whose answers come one too late
    UUID endpoint =
        endpoint(
            tenant,
            answers(
                (socket, before) ->
                    socket.write(before == 0 ? "HTTP/1.1 102 Processing\r\n\r\n" : THANKS)));
    happen(tenant, "x");
    happen(tenant, "y");

    // When
    startOneByOne();

    // Then
    assertThat(awaitEnd(endpoint).last().status()).hasValue(102);
    assertThat(connections).hasValue(2);
  }

  @Test
  void isForgottenThoughItIsClosedWhileTheMessageIsSigned() {
    // Given a message that was given up before it was signed
    var registry = new SimpleMeterRegistry();
    var sender = new Sender(vertx, here(), new HttpClientOptions(), 1, registry);
    var slow = new Slow(Promise.promise());
    var loop = EventLoop.create(vertx);
    var message = new Message(active(tenant, hangsUp()), UUID.randomUUID(), buffer("x"), now());
    Await.result(loop.call(() -> sender.send(slow, message)));

    // When
    Await.result(loop.call(() -> Future.succeededFuture(slow.signature().tryComplete(Map.of()))));

    // Then
    assertThat(registry.get("sluice.events.connections").gauge().value()).isZero();
    Await.result(sender.close());
  }

  @Test
  void keepsNoMoreThanItMay() {
    // Given
    var kept = new KeptConnections(2, new SimpleMeterRegistry());
    IntStream.range(0, 7).forEach(i -> kept.isKept(connection()));
    boolean room = kept.isRoom();
    HttpConnection last = connection();

    // When
    kept.isKept(last);

    // Then
    assertThat(room).isTrue();
    assertThat(kept.isRoom()).isFalse();
    kept.forget(last);
    assertThat(kept.isRoom()).isTrue();
  }

  /** Signs when the time is up. */
  private record Slow(Promise<Map<String, String>> signature) implements Courier {
    @Override
    public Duration timeout() {
      return Duration.ofMillis(200);
    }

    @Override
    public Optional<Duration> pauseAfter(int failed) {
      return Optional.empty();
    }

    @Override
    public Future<Map<String, String>> headers(Message message) {
      return signature.future();
    }
  }

  private Destinations here() {
    return new Destinations(
        (asker, host) -> Future.succeededFuture(List.of(address)),
        settings(Map.of()).allowedNetworks());
  }

  private String hangsUp() {
    return listens(vertx.createNetServer().connectHandler(NetSocket::close));
  }

  private void startOneByOne() {
    start(ONCE, settings(Map.of("events.maxConcurrentPerEndpoint", "1")));
  }

  private static HttpConnection connection() {
    return (HttpConnection)
        Proxy.newProxyInstance(
            HttpConnection.class.getClassLoader(),
            new Class<?>[] {HttpConnection.class},
            (proxy, method, arguments) -> null);
  }

  /**
   * A server that does something with each request.
   *
   * @param answer gets the socket, and how many requests came by it before
   */
  private String answers(BiConsumer<NetSocket, Integer> answer) {
    var server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  connections.incrementAndGet();
                  var before = new AtomicInteger();
                  socket.handler(
                      bytes -> {
                        if (bytes.toString().startsWith("POST ")) {
                          requests.incrementAndGet();
                          answer.accept(socket, before.getAndIncrement());
                        }
                      });
                });
    return listens(server);
  }

  private static String listens(NetServer server) {
    return "http://127.0.0.1:" + Await.result(server.listen(0, "127.0.0.1")).actualPort() + "/";
  }
}
