package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Pieces;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is told what the gateway does, and for how long. */
class ConsoleStreamsTest {
  private final ConsoleStreams streams = new ConsoleStreams();

  private static String text(Future<Optional<Buffer>> piece) {
    return piece.result().orElseThrow().toString();
  }

  @Test
  void tellThePastFirstAndThenWhatComes() {
    // Given
    streams.tell("{\"a\":1}");
    streams.tell("{\"a\":2}");
    Pieces reader = streams.join().orElseThrow();

    // When
    String past = text(reader.next());
    Future<Optional<Buffer>> next = reader.next();

    // Then
    assertThat(past).endsWith("event: past\ndata: [{\"a\":1},{\"a\":2}]\n\n");
    assertThat(next.isComplete()).isFalse();
    streams.tell("{\"a\":3}");
    assertThat(text(next)).isEqualTo("event: measures\ndata: {\"a\":3}\n\n");
  }

  @Test
  void keepOnlySoMuchOfThePast() {
    // Given
    IntStream.range(0, ConsoleStreams.KEPT + 1).forEach(i -> streams.tell("{\"i\":" + i + "}"));

    // When
    String past = text(streams.join().orElseThrow().next());

    // Then
    assertThat(past).contains("[{\"i\":1}").doesNotContain("{\"i\":0}");
  }

  @Test
  void areNoMoreThanThereMayBe() {
    // Given
    List<Pieces> readers =
        IntStream.range(0, ConsoleStreams.MOST)
            .mapToObj(i -> streams.join().orElseThrow())
            .toList();

    // When
    Optional<Pieces> oneMore = streams.join();

    // Then
    assertThat(readers).hasSize(streams.open());
    assertThat(oneMore).isEmpty();
  }

  @Test
  void dropWhoeverTakesNothing() {
    // Given one who reads, and one who has read once
    Pieces good = streams.join().orElseThrow();
    Pieces slow = streams.join().orElseThrow();
    good.next();
    slow.next();

    // When
    for (int i = 0; i <= ConsoleStreams.MOST_MISSED; i++) {
      Future<Optional<Buffer>> event = good.next();
      streams.tell("{}");
      assertThat(event.result()).isPresent();
    }

    // Then
    assertThat(streams.open()).isEqualTo(1);
    assertThat(slow.next().result()).isEmpty();
  }

  @Test
  void endAfterAWhileSoThatTheReaderIsAskedAgainWhoHeIs() {
    // Given
    Pieces reader = streams.join().orElseThrow();
    reader.next();

    // When
    for (int i = 0; i < ConsoleStreams.EVENTS_A_STREAM; i++) {
      Future<Optional<Buffer>> event = reader.next();
      streams.tell("{}");
      assertThat(event.result()).isPresent();
    }

    // Then
    assertThat(reader.next().result()).isEmpty();
    assertThat(streams.open()).isZero();
  }

  @Test
  void giveAPlaceFreeWithWhoeverLeaves() {
    // Given
    Pieces reader = streams.join().orElseThrow();
    reader.next();
    Future<Optional<Buffer>> waiting = reader.next();

    // When
    reader.left();

    // Then
    assertThat(streams.open()).isZero();
    assertThat(waiting.result()).isEmpty();
  }

  @Test
  void endWithTheGateway() {
    // Given
    Pieces reader = streams.join().orElseThrow();
    reader.next();
    Future<Optional<Buffer>> waiting = reader.next();

    // When
    streams.end();

    // Then
    assertThat(waiting.result()).isEmpty();
    assertThat(reader.next().result()).isEmpty();
    assertThat(streams.join()).isEmpty();
  }
}
