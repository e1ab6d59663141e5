package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that are made while they are sent. */
class PieceWiseTest extends ToyGateway {
  /** More than the gateway lets its side keep, and what a client that does not read takes. */
  private static final long MOST_BETWEEN_BYTES = 1024 * 1024;

  @Test
  void arriveWhole() {
    // Given
    toy.lastPiece = 300;

    // When
    Reply reply = client.get("/toy/a/pieces");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("text/csv");
    assertThat(reply.header("Transfer-Encoding")).contains("chunked");
    assertThat(reply.body()).hasSize(300 * ToyDialect.PIECE_BYTES);
    assertThat(client.get("/toy/x").status()).isEqualTo(200);
    // The last byte may be here before it has been counted.
    Waiting.until(() -> answers("pieces", 200) == 1);
  }

  @Test
  void areNotMadeFasterThanTheyAreTaken() {
    // Given an answer without an end
    toy.lastPiece = Integer.MAX_VALUE;
    try (var reader = new RawClient(gateway.port())) {
      reader.send("GET /toy/a/pieces HTTP/1.1\r\nHost: x\r\n\r\n");
      awaitInFlight(1);

      // When nobody reads it until that is too late
      Waiting.until(
          () -> {
            passDeadline();
            return cuts(Cut.WRITE) == 1;
          });
    }

    // Then only what fits between the two was made
    awaitInFlight(0);
    assertThat((long) toy.pieces.get() * ToyDialect.PIECE_BYTES).isLessThan(MOST_BETWEEN_BYTES);
    assertThat(answers("pieces", 200)).isEqualTo(1);
  }

  @Test
  void areCutWhereTheRestCannotBeMade() {
    // Given
    toy.lastPiece = Integer.MAX_VALUE;
    toy.brokenPiece = 3;

    // When
    String all;
    try (var reader = new RawClient(gateway.port())) {
      all = reader.send("GET /toy/a/pieces HTTP/1.1\r\nHost: x\r\n\r\n").readToEnd();
    }

    // Then the last chunk, which says that it is whole, is not there
    assertThat(all).startsWith("HTTP/1.1 200 ").doesNotContain("\r\n0\r\n");
  }

  @Test
  void mayTakeLongerThanARequest() {
    // Given
    restart(Map.of());
    toy.lastPiece = 2;
    toy.heldPiece = 2;
    var reply = client.sendAsync("GET", "/toy/a/pieces", "");
    Waiting.until(() -> toy.pieces.get() == 2);
    var late = client.sendAsync("GET", "/toy/a/slow", "");
    awaitHandled(1);

    // When
    passDeadline();
    assertThat(late.join().text()).contains("DeadlinePassed");
    toy.piece.complete();

    // Then
    assertThat(reply.join().body()).hasSize(2 * ToyDialect.PIECE_BYTES);
  }

  @Test
  void arriveWholeWhateverBecomesOfTheBody() {
    // Given
    toy.lastPiece = 2;
    toy.heldPiece = 2;
    String half = "GET /toy/a/pieces HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n\r\nhalf";
    try (var reader = new RawClient(gateway.port())) {
      reader.send(half);
      Waiting.until(() -> toy.pieces.get() == 2);

      // When
      reader.endOutput();
      assertThat(client.get("/toy/x").status()).isEqualTo(200);
      toy.piece.complete();

      // Then
      assertThat(reader.readToEnd()).endsWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void areNoPartOfAHead() {
    // Given
    toy.lastPiece = 5;

    // When
    Reply reply = client.send("HEAD", "/toy/a/pieces", new byte[0]);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(toy.pieces.get()).isZero();
  }
}
