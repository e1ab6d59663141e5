package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks on memory with heads, whole, half and ahead of their turn, over real sockets. */
class HeadMemoryTest extends ToyGateway {
  private static final int BUDGET_BYTES = 1_048_576;
  private static final int STRANGERS_BYTES = BUDGET_BYTES / 8;
  private static final int CLIENTS = 100;
  private static final String GET = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SLOW = "GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n\r\n";

  private final List<RawClient> clients = new ArrayList<>();

  @BeforeEach
  void restartWithLittleMemory() {
    restart(Map.of("http.bodyBudgetBytes", Integer.toString(BUDGET_BYTES)));
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  private RawClient connect() {
    RawClient raw = new RawClient(gateway.port());
    clients.add(raw);
    return raw;
  }

  @Test
  void refusesMoreHeaderFieldsThanAnybodyNeeds() {
    // When
    RawClient raw = connect().send("GET /toy/b HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(3_000));

    // Then
    Reply reply = raw.read();
    assertThat(reply.status()).isEqualTo(431);
    assertThat(raw.isHungUp()).isTrue();
  }

  @Test
  void refusesHeavyHeadsBeyondTheirMemory() {
    // Given: heads that are whole, of requests that are not
    String head =
        "POST /toy/login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n" + "a:\r\n".repeat(90);

    // When
    for (int i = 0; i < CLIENTS; i++) {
      connect().send(head + "\r\n\"");
    }

    // Then
    RawClient last = clients.getLast();
    assertThat(last.read().text()).contains("Overloaded");
    assertThat(last.isHungUp()).isTrue();
    assertThat(gauge("sluice.http.held.bytes")).isBetween(1.0, (double) STRANGERS_BYTES);
    assertThat(connect().send(GET).read().status()).isEqualTo(200);
    hangUp();
    Waiting.until(() -> gauge("sluice.http.held.bytes") == 0);
  }

  @Test
  void readsNothingAheadOfTheRequestThatIsUnderWay() {
    // Given
    RawClient raw = connect().send(SLOW + GET.repeat(2_000));
    awaitHandled(1);

    // When
    toy.gate.complete(ToyDialect.nothing());

    // Then
    for (int i = 0; i <= 2_000; i++) {
      assertThat(raw.read().status()).isEqualTo(200);
    }
    Waiting.until(() -> gauge("sluice.http.held.bytes") == 0);
  }

  @Test
  void countsWhatClientsSendAhead() {
    // When
    for (int i = 0; i < CLIENTS; i++) {
      connect().send(SLOW + GET.repeat(400));
    }

    // Then
    Waiting.until(() -> cuts(Cut.MEMORY) > CLIENTS / 2);
    assertThat(gauge("sluice.http.held.bytes")).isBetween(1.0, (double) STRANGERS_BYTES);
    assertThat(connect().send(GET).read().status()).isEqualTo(200);
  }

  @Test
  void answersAllThatWasSentAheadByAClientThatSendsNoMore() {
    // Given
    RawClient raw = connect().send(SLOW + GET + GET).endOutput();
    awaitHandled(1);

    // When
    toy.gate.complete(ToyDialect.nothing());

    // Then
    for (int i = 0; i < 3; i++) {
      assertThat(raw.read().status()).isEqualTo(200);
    }
    assertThat(raw.isHungUp()).isTrue();
  }

  @Test
  void cutsWhoDoesNotFinishAHeadThatBeganBehindARequest() {
    // Given
    RawClient raw = connect().send(GET + "GET /toy/b HTTP/1.1\r\nHo");
    assertThat(raw.read().status()).isEqualTo(200);
    Waiting.until(() -> gauge("sluice.http.heads") == 1);
    assertThat(gauge("sluice.http.held.bytes")).isPositive();

    // When
    passDeadline();

    // Then
    assertThat(raw.read().status()).isEqualTo(408);
    assertThat(raw.isHungUp()).isTrue();
  }
}
