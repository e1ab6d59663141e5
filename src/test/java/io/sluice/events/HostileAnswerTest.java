package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.testing.Await;
import io.vertx.core.net.NetServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Receivers whose answers never come to an end, written byte by byte or as fast as they are read.
 */
class HostileAnswerTest extends EventDeliveries {
  private static final Ways IMPATIENT = new Ways(Duration.ofMillis(500), 1);
  private static final String HEADER = "HTTP/1.1 200 OK\r\nX-Long: ";
  private static final int EACH_MS = 20;

  /** More than a client reads of headers. */
  private static final String MEGABYTE = "a".repeat(1 << 20);

  HostileAnswerTest() {
    super(Clock.systemUTC());
  }

  @Test
  void isNoAnswerWhereHeadersComeByteByByteForEver() {
    // Given
    UUID endpoint = endpoint(tenant, answers(HEADER, "a"));
    happen(tenant, "x");

    // When
    start(IMPATIENT);

    // Then
    assertThat(awaitEnd(endpoint).last().errorCode()).hasValue("consumer_response_timeout");
  }

  @Test
  void isNoAnswerWhereHeadersAreLongerThanAnyAre() {
    // Given
    UUID endpoint = endpoint(tenant, answers(HEADER, MEGABYTE));
    happen(tenant, "x");

    // When
    start(new Ways(Ways.PATIENT.timeout(), 1));

    // Then
    Delivery end = awaitEnd(endpoint);
    assertThat(end.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(end.last().errorCode()).hasValue("consumer_connection_failed");
  }

  @Test
  void endsWhereOnlyItsBodyComesByteByByteForEver() {
    // Given
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
    UUID endpoint = endpoint(tenant, answers(head, "a"));
    happen(tenant, "x");

    // When
    start(IMPATIENT);

    // Then
    assertThat(awaitEnd(endpoint).dueAt()).isEmpty();
  }

  /** The address of one who answers so, and goes on with the same until it is hung up on. */
  private String answers(String first, String rest) {
    var server =
        Await.result(
            vertx
                .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
                .connectHandler(
                    socket -> {
                      socket.exceptionHandler(gone -> {});
                      socket.write(first);
                      long timer = vertx.setPeriodic(EACH_MS, tick -> socket.write(rest));
                      socket.closeHandler(closed -> vertx.cancelTimer(timer));
                    })
                .listen());
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }
}
