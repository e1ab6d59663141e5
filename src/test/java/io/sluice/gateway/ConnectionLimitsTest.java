package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.Await;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attacks with connections that do nothing, over real sockets. */
class ConnectionLimitsTest extends ToyGateway {
  private static final String GET = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String ELSEWHERE = "127.0.0.2";

  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  @Test
  void leavesPlacesToOtherAddressesWhateverOneTakes() {
    // Given
    restart(Map.of("http.maxConnections", "100"));

    // When
    for (int i = 0; i < 100; i++) {
      connect("127.0.0.1");
    }

    // Then
    Waiting.until(() -> cuts(Cut.CONNECTIONS) == 49);
    for (int i = 0; i < 20; i++) {
      assertThat(connect(ELSEWHERE).send(GET).read().status()).isEqualTo(200);
    }
  }

  @Test
  void cutsWhoSentNothingWherePlacesBecomeFew() {
    // Given
    restart(Map.of("http.maxConnections", "20"));
    RawClient busy = connect("127.0.0.9").send("GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n\r\n");
    awaitHandled(1);

    // When
    for (int address = 1; address < 9; address++) {
      for (int i = 0; i < 12; i++) {
        connect("127.0.0." + address);
      }
    }

    // Then
    int connected = clients.size();
    Waiting.until(() -> gauge("sluice.http.connections") <= 18 && allSeen(connected));
    // One that has not sent its request yet may be cut, too, where it takes the last place but one.
    Waiting.until(() -> isServed("127.0.0.10"));
    toy.gate.complete(ToyDialect.nothing());
    assertThat(busy.read().status()).isEqualTo(200);
  }

  private boolean isServed(String from) {
    try {
      return connect(from).send(GET).read().status() == 200;
    } catch (UncheckedIOException hungUp) {
      return false;
    }
  }

  @Test
  void cutsWhoDoesNotFinishAHead() {
    // Given
    RawClient raw = connect("127.0.0.1").send(GET);
    raw.read();
    raw.send("GET /toy/b HTTP/1.1\r\nHo");
    Waiting.until(() -> gauge("sluice.http.heads") == 1);

    // When
    passDeadline();

    // Then
    assertThat(raw.read().status()).isEqualTo(408);
    assertThat(raw.isHungUp()).isTrue();
    Waiting.until(() -> cuts(Cut.HEAD) == 1);
  }

  @Test
  void cutsWhoConnectsAndSaysNothing() {
    // Given
    RawClient raw = connect("127.0.0.1");
    Waiting.until(() -> gauge("sluice.http.heads") == 1);

    // When
    passDeadline();

    // Then
    assertThat(raw.isHungUp()).isTrue();
  }

  @Test
  void keepsAConnectionBetweenRequestsForLonger() {
    // Given
    RawClient raw = connect("127.0.0.1").send(GET);
    raw.read();
    Waiting.until(() -> gauge("sluice.http.idle") == 1);
    passDeadline();

    // When
    Reply next = raw.send(GET).read();
    Waiting.until(() -> gauge("sluice.http.idle") == 1);
    passIdleTimeout();

    // Then
    assertThat(next.status()).isEqualTo(200);
    assertThat(raw.isHungUp()).isTrue();
    assertThat(cuts(Cut.IDLE)).isEqualTo(1);
  }

  @Test
  void goesOnServingAsALameDuckAndAsksItsClientsToLeave() {
    // Given
    restart(Map.of("http.lameDuckMs", "600000"));
    RawClient known = connect("127.0.0.1").send(GET);
    known.read();

    // When
    Future<Void> stopped = gateway.stop(DRAIN_TIMEOUT_MS);

    // Then
    assertThat(known.send(GET).read().header("Connection")).contains("close");
    assertThat(known.isHungUp()).isTrue();
    assertThat(connect("127.0.0.1").send(GET).read().header("Connection")).contains("close");
    assertThat(stopped.isComplete()).isFalse();
  }

  @Test
  void takesNobodyAfterTheLameDuckTime() {
    // Given
    restart(Map.of("http.lameDuckMs", "1"));

    // When
    Await.result(gateway.stop(DRAIN_TIMEOUT_MS));

    // Then
    assertThatThrownBy(() -> connect("127.0.0.1").send(GET).read());
  }

  /** The server learns of connections one after the other, and takes each or cuts it. */
  private boolean allSeen(int connected) {
    return cuts(Cut.CONNECTIONS) + gauge("sluice.http.connections") >= connected;
  }

  private RawClient connect(String from) {
    RawClient raw = new RawClient(gateway.port(), from);
    clients.add(raw);
    return raw;
  }
}
