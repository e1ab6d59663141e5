package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdMakerTest {
  private static final int MANY = 2_000_000;

  private final IdCodec codec = new IdCodec(Environment.PRODUCTION);

  @Test
  void neverMakesAnIdTwiceEvenWhenTheClockStandsStill() {
    // Given
    var maker = new IdMaker(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    Set<UUID> made = ConcurrentHashMap.newKeySet(MANY * 2);

    // When: more than a millisecond has bits for, from several threads
    IntStream.range(0, MANY).parallel().forEach(i -> made.add(maker.next()));

    // Then
    assertThat(made).hasSize(MANY);
  }

  @Test
  void goesUpAlsoWhenTheClockGoesBack() {
    // Given
    var clock = new Backwards();
    var maker = new IdMaker(clock);
    UUID last = maker.next();

    for (int i = 0; i < 10_000; i++) {
      // When
      UUID next = maker.next();

      // Then
      assertThat(next.toString()).isGreaterThan(last.toString());
      last = next;
    }
  }

  @Test
  void carriesTheTimeAndCanBeWritten() {
    // Given
    Instant now = Instant.parse("2026-05-14T09:30:00.123Z");
    var maker = new IdMaker(Clock.fixed(now, ZoneOffset.UTC));

    // When
    UUID id = maker.next();

    // Then
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    String text = codec.encode(IdPrefix.TRANSFER, id);
    assertThat(codec.decode(IdPrefix.TRANSFER, text)).contains(id);
  }

  /** A clock that loses a second each time it is asked. */
  private static final class Backwards extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      now = now.minus(Duration.ofSeconds(1));
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
