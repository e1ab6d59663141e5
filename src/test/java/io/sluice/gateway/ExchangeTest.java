package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.Waiting;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways of an exchange from one phase to the next that only a late or broken request takes. */
class ExchangeTest extends ToyGateway {
  private static final String NEXT = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SLOW = "GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n";

  @ParameterizedTest
  @CsvSource({"GET,DeadlinePassed", "POST,Unavailable"})
  void endsWhatTakesTooLong(String method, String fault) {
    // Given
    CompletableFuture<Reply> slow = client.sendAsync(method, "/toy/a/slow", "{}");
    awaitHandled(1);

    // When
    passDeadline();

    // Then
    assertThat(slow.join().text()).contains(fault);
    assertThat(slow.join().header(ToyDialect.SEAL)).contains("unbroken");
    awaitInFlight(0);
  }

  @Test
  void sendsNoAnswerAfterThatOfTheDeadline() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(SLOW + "\r\n");
      awaitHandled(1);
      passDeadline();
      Reply late = raw.read();

      // When
      toy.gate.complete(Answer.json(200, JsonWriter.object().toBuffer()));

      // Then
      assertThat(late.text()).contains("DeadlinePassed");
      assertThat(raw.send(NEXT).read().text()).contains("\"b\"");
    }
  }

  @Test
  void logsADefectThatComesAfterTheDeadline() {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      // Given
      CompletableFuture<Reply> slow = client.sendAsync("GET", "/toy/a/slow", "");
      awaitHandled(1);
      passDeadline();
      slow.join();

      // When
      toy.gate.fail(new IllegalStateException("late"));

      // Then
      var values = CapturedLog.values(log.await("a request failed"));
      assertThat(values)
          .containsEntry("sluice.dialect", "toy")
          .containsEntry("sluice.operation", "slow");
      assertThat(slow.join().text()).contains("DeadlinePassed");
    }
  }

  @Test
  void endsABodyThatDoesNotArrive() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(post("Content-Length: 100") + "{");
      // Whoever is only in flight may yet begin to wait, at the later time.
      Waiting.until(() -> gauge("sluice.http.bodies") == 1);

      // When
      passDeadline();

      // Then
      assertThat(raw.read().status()).isEqualTo(408);
      assertThat(raw.isHungUp()).isTrue();
    }
    awaitInFlight(0);
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void doesNotWaitLongerThanTheDeadlineForARefusedBody() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      Reply refused = raw.send(post("Content-Length: 1048576") + "{").read();

      // When
      passDeadline();

      // Then
      assertThat(refused.text()).contains("BodyTooLarge");
      assertThat(raw.isHungUp()).isTrue();
    }
    awaitInFlight(0);
  }

  @Test
  void answersABodyThatIsNoHttp() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // When
      raw.send(post("Transfer-Encoding: chunked") + "1\r\n{\r\nzz\r\n");

      // Then
      Reply reply = raw.read();
      assertThat(reply.text()).contains("BadRequest");
      assertThat(reply.header("Connection")).contains("close");
      assertThat(raw.isHungUp()).isTrue();
    }
    awaitInFlight(0);
    assertThat(toy.handled).hasValue(0);
    assertThat(answers("echo", 400)).isEqualTo(1);
  }

  @Test
  void answersWhatHasBegunWhereABodyThatNobodyWantsIsNoHttp() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(SLOW + "Transfer-Encoding: chunked\r\n\r\n");
      awaitHandled(1);

      // When
      raw.send("zz\r\n").send(NEXT);
      toy.gate.complete(ToyDialect.nothing());

      // Then
      assertThat(raw.read().status()).isEqualTo(200);
      assertThat(raw.isHungUp()).isTrue();
    }
    awaitInFlight(0);
  }

  @Test
  void countsOneAnswerWhereARefusedBodyIsNoHttp() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send(post("Content-Encoding: gzip\r\nTransfer-Encoding: chunked"));
      Reply refused = raw.read();

      // When
      raw.send("zz\r\n");

      // Then
      awaitInFlight(0);
      assertThat(refused.text()).contains("UnsupportedMediaType");
    }
    assertThat(answers("echo", 415)).isEqualTo(1);
    assertThat(registry.get("sluice.http.requests").timers()).hasSize(1);
  }

  @Test
  void countsAClientThatDidNotWait() {
    // Given
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(SLOW + "\r\n");
      awaitHandled(1);

      // When
      raw.reset();
    }
    awaitInFlight(0);

    // Then
    assertThat(answers("slow", 499)).isEqualTo(1);
  }
}
