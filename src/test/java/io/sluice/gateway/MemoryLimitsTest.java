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

/** Attacks on memory with unfinished requests and unread answers, over real sockets. */
class MemoryLimitsTest extends ToyGateway {
  private static final int BUDGET_BYTES = 1_048_576;
  private static final int CLIENTS = 200;
  private static final String GET = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String GET_BIG = "GET /toy/a/big HTTP/1.1\r\nHost: x\r\n\r\n";

  private final List<RawClient> clients = new ArrayList<>();

  @BeforeEach
  void restartWithLittleMemory() {
    restart(Map.of("http.bodyBudgetBytes", Integer.toString(BUDGET_BYTES)));
  }

  @AfterEach
  void hangUp() {
    clients.forEach(RawClient::close);
  }

  @Test
  void keepsNothingOfBodiesThatStrangersSendHalf() {
    // When
    sendHalfBodies(CLIENTS, "stranger");

    // Then
    assertThat(clients).allSatisfy(raw -> assertThat(raw.read().status()).isEqualTo(401));
    assertThat(gauge("sluice.http.held.bytes")).isZero();
    assertThat(client.get("/toy/b").status()).isEqualTo(200);
  }

  @Test
  void refusesBodiesBeyondTheBudgetAndGoesOnServingOtherTenants() {
    // When
    sendHalfBodies(CLIENTS, "known");

    // Then
    Waiting.until(() -> answers("echo", 503) > CLIENTS / 2);
    assertThat(gauge("sluice.http.held.bytes")).isBetween(1.0, (double) BUDGET_BYTES);
    assertThat(clients.getLast().read().text()).contains("Overloaded");
    Reply other = client.with(ToyDialect.CALLER, "another").post("/toy/a/echo", "{}");
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void givesTheMemoryBackWhenTheClientsAreGone() {
    // Given
    sendHalfBodies(CLIENTS, "known");
    awaitInFlight(CLIENTS);

    // When
    hangUp();

    // Then
    awaitInFlight(0);
    Waiting.until(() -> gauge("sluice.http.held.bytes") == 0);
    assertThat(client.post("/toy/a/echo", "\"" + "x".repeat(100_000) + "\"").status())
        .isEqualTo(200);
  }

  @Test
  void givesTheMemoryBackWhenTheBodiesDoNotComeInTime() {
    // Given
    sendHalfBodies(CLIENTS, "known");
    awaitInFlight(CLIENTS);

    // When
    passDeadline();

    // Then
    awaitInFlight(0);
    assertThat(gauge("sluice.http.held.bytes")).isZero();
  }

  @Test
  void takesNoLongBodyWhereNobodyHasShownWhoHeIs() {
    // When
    Reply fits = client.post("/toy/login", "\"" + "x".repeat(16_000) + "\"");
    Reply tooLong = client.post("/toy/login", "\"" + "x".repeat(17_000) + "\"");

    // Then
    assertThat(fits.text()).contains("xxx");
    assertThat(tooLong.text()).contains("BodyTooLarge");
  }

  @Test
  void cutsThoseWhoseUnfinishedHeadsTakeTooMuch() {
    // When
    for (int i = 0; i < CLIENTS; i++) {
      connect().send("GET /toy/b HTTP/1.1\r\nHost: x\r\nX-Long: " + "y".repeat(10_000));
    }

    // Then
    Waiting.until(() -> cuts(Cut.MEMORY) > CLIENTS / 2);
    assertThat(gauge("sluice.http.held.bytes")).isLessThanOrEqualTo(BUDGET_BYTES);
    assertThat(clients.getLast().isHungUp()).isTrue();
    assertThat(connect().send(GET).read().status()).isEqualTo(200);
  }

  @Test
  void makesNoMoreAnswersForAClientThatReadsNone() {
    // Given
    restart(Map.of());
    connect().send(GET_BIG.repeat(CLIENTS));

    // When
    Waiting.until(() -> gauge("sluice.http.unread") == 1);

    // Then
    assertThat(toy.handled.get()).isBetween(1, CLIENTS / 2);
    assertThat(client.get("/toy/b").status()).isEqualTo(200);
  }

  @Test
  void cutsThoseWhoseUnreadAnswersTakeTooMuch() {
    // When
    for (int i = 0; i < 10; i++) {
      connect().send(GET_BIG.repeat(40));
    }

    // Then
    Waiting.until(() -> cuts(Cut.MEMORY) >= 1);
    assertThat(gauge("sluice.http.held.bytes")).isLessThanOrEqualTo(BUDGET_BYTES);
    assertThat(client.get("/toy/b").status()).isEqualTo(200);
  }

  @Test
  void answersTheRestOnceAClientReadsAgain() {
    // Given
    restart(Map.of());
    RawClient slow = connect().send(GET_BIG.repeat(40));
    Waiting.until(() -> gauge("sluice.http.unread") == 1);

    // When
    for (int i = 0; i < 40; i++) {
      assertThat(slow.read().body()).hasSize(ToyDialect.BIG_BYTES);
    }

    // Then
    assertThat(slow.send(GET).read().status()).isEqualTo(200);
    assertThat(toy.handled).hasValue(40);
  }

  /** A socket takes more and more at first, so time goes on until it does not. */
  @Test
  void cutsThoseWhoReadTooSlowly() {
    // Given
    restart(Map.of());
    connect().send(GET_BIG.repeat(CLIENTS));
    Waiting.until(() -> gauge("sluice.http.unread") == 1);

    // When
    Waiting.until(
        () -> {
          passDeadline();
          return cuts(Cut.WRITE) >= 1;
        });

    // Then
    Waiting.until(() -> gauge("sluice.http.held.bytes") == 0);
    awaitInFlight(0);
  }

  private void sendHalfBodies(int count, String caller) {
    for (int i = 0; i < count; i++) {
      connect()
          .send(post(ToyDialect.CALLER + ": " + caller + "\r\nContent-Length: 262144"))
          .send(new byte[20_000]);
    }
  }

  private RawClient connect() {
    RawClient raw = raw();
    clients.add(raw);
    return raw;
  }
}
