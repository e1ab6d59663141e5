package io.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.RawClient;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorsTest {
  private static final int PLACES = 3;

  private final Vertx vertx = Vertx.builder().withTransport(new Doors(server -> PLACES)).build();
  private final List<RawClient> clients = new ArrayList<>();
  private final NetServer server =
      vertx
          .createNetServer()
          .connectHandler(
              socket -> socket.handler(bytes -> socket.write("HTTP/1.1 204 x\r\n\r\n")));
  private final int port = Await.result(server.listen(0, "127.0.0.1")).actualPort();

  @AfterEach
  void close() {
    clients.forEach(RawClient::close);
    Await.result(vertx.close());
  }

  private RawClient connect() {
    var client = new RawClient(port);
    clients.add(client);
    return client;
  }

  private boolean isServed() {
    try {
      return connect().send("a").read().status() == 204;
    } catch (UncheckedIOException hungUp) {
      return false;
    }
  }

  @Test
  void closesWhatIsAcceptedBeyondThePlaces() {
    // Given
    for (int i = 0; i < PLACES; i++) {
      assertThat(connect().send("a").read().status()).isEqualTo(204);
    }

    // When
    RawClient late = connect();

    // Then
    assertThat(late.isHungUp()).isTrue();
    assertThat(clients.getFirst().send("b").read().status()).isEqualTo(204);
  }

  @Test
  void letsOthersInWhenConnectionsAreClosed() {
    // Given
    for (int i = 0; i < PLACES; i++) {
      assertThat(connect().send("a").read().status()).isEqualTo(204);
    }

    // When
    clients.getFirst().close();

    // Then
    Waiting.until(this::isServed);
  }
}
