package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.store.StoreException;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who calls is found out by the head of a request, before its body is read. */
class AdmissionTest extends ToyGateway {
  private static final String NEXT = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  void refusesAStrangerWithoutWaitingForTheBody() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // When
      raw.send(post("X-Caller: stranger\r\nContent-Length: 262144") + "{");

      // Then
      assertThat(raw.read().text()).contains("Stranger");
    }
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void throwsAwayWhatAStrangerSendsAllTheSame() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(post("X-Caller: stranger\r\nContent-Length: 1048576")).read();

      // When
      raw.send(new byte[1_048_576]).send(NEXT);

      // Then
      assertThat(raw.read().text()).contains("\"b\"");
    }
  }

  @Test
  void tellsAStrangerNothingOfWhatBodiesItTakes() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // When
      raw.send(post("X-Caller: stranger\r\nContent-Length: 999999999"));

      // Then
      assertThat(raw.read().text()).contains("Stranger");
    }
  }

  @Test
  void saysContinueToNoStranger() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // When
      raw.send(post("X-Caller: stranger\r\nContent-Length: 2\r\nExpect: 100-continue"));

      // Then
      assertThat(raw.read().status()).isEqualTo(401);
    }
  }

  @Test
  void takesABodyThatCameWhileTheCallerWasLookedUp() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(post("X-Caller: awaited\r\nContent-Length: 3") + "\"x\"");
      awaitInFlight(1);

      // When
      toy.awaited.complete("known");

      // Then
      assertThat(raw.read().json().get("body").textValue()).isEqualTo("x");
    }
  }

  @Test
  void saysThatNothingWasDoneWhereTheCallerCannotBeLookedUp() {
    try (RawClient raw = new RawClient(gateway.port());
        CapturedLog log = CapturedLog.of(Failures.class)) {
      // Given
      raw.send(post("X-Caller: awaited\r\nContent-Length: 3") + "\"x\"");
      awaitInFlight(1);

      // When
      toy.awaited.fail(StoreException.of(new IOException("secret")));

      // Then
      assertThat(raw.read().text()).contains("NothingDone");
      assertThat(raw.send(NEXT).read().text()).contains("\"b\"");
      log.await("the database is not available");
    }
  }

  @Test
  void endsALookUpThatTakesTooLong() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(post("X-Caller: awaited\r\nContent-Length: 3") + "\"x\"");
      awaitInFlight(1);

      // When
      passDeadline();
      Reply late = raw.read();
      toy.awaited.complete("known");

      // Then
      assertThat(late.text()).contains("DeadlinePassed");
      assertThat(raw.send(NEXT).read().text()).contains("\"b\"");
    }
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void forgetsACallerThatLeavesBeforeItIsLookedUp() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(post("X-Caller: awaited\r\nContent-Length: 3"));
      awaitInFlight(1);
    }

    awaitInFlight(0);
    toy.awaited.fail(new ApiException(Answer.json(401, Buffer.buffer())));
    assertThat(client.get("/toy/a").status()).isEqualTo(200);
  }

  @Test
  void letsNoGateLookAtABody() {
    try (CapturedLog log = CapturedLog.of(Failures.class);
        RawClient raw = new RawClient(gateway.port())) {
      // When
      raw.send(post("X-Caller: curious\r\nContent-Length: 2") + "{}");

      // Then
      assertThat(raw.read().text()).contains("Defect");
      log.await("a request failed");
    }
  }
}
