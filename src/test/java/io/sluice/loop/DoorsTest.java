package io.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.sluice.testing.Await;
import io.sluice.testing.RawClient;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
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

  @Test
  void letsOthersInWhereClientsDoNotComeToAnEndWithTls() {
    // Given
    var authority = new TestAuthority();
    X509Bundle shown = authority.server();
    NetServerOptions options =
        new NetServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(shown.getCertificatePathPEM()))
                    .addKeyValue(Buffer.buffer(shown.getPrivateKeyPEM())));
    NetServer tls =
        vertx
            .createNetServer(options)
            .connectHandler(
                socket -> socket.handler(bytes -> socket.write("HTTP/1.1 204 x\r\n\r\n")));
    int tlsPort = Await.result(tls.listen(0, "127.0.0.1")).actualPort();
    for (int i = 0; i < PLACES; i++) {
      clients.add(new RawClient(tlsPort));
    }

    // When
    RawClient served = RawClient.tls(tlsPort, authority.trusted());
    clients.add(served);

    // Then
    assertThat(served.send("a").read().status()).isEqualTo(204);
    assertThat(clients.getFirst().isHungUp()).isTrue();
  }
}
