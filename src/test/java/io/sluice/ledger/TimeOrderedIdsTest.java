package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOrderedIdsTest {
  private static final int THREADS = 8;
  private static final int IDS_PER_THREAD = 20_000;

  @Test
  void carriesVersionVariantAndTime() {
    // Given
    Instant time = Instant.parse("2026-11-21T10:00:00.123456Z");

    // When
    UUID id = new TimeOrderedIds(() -> time).next();

    // Then
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00Z, 0",
    "2026-11-21T10:00:00.000000244Z, 0",
    "2026-11-21T10:00:00.000000245Z, 1",
    "2026-11-21T10:00:00.123500Z, 2048",
    "2026-11-21T10:00:00.999999999Z, 4095"
  })
  void carriesTheMillisecondsFractionIn12Bits(Instant time, int fraction) {
    // When
    UUID id = new TimeOrderedIds(() -> time).next();

    // Then
    assertThat(id.getMostSignificantBits() & 0xFFF).isEqualTo(fraction);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
  }

  @Test
  void countsOnFromTheLatestTimeWhenTheClockIsSetBack() {
    // Given
    Instant late = Instant.parse("2026-11-21T10:00:00.999999999Z");
    var times = List.of(late, late.minusSeconds(60)).iterator();
    Ids ids = new TimeOrderedIds(times::next);
    UUID first = ids.next();

    // When
    UUID second = ids.next();

    // Then: one more than the millisecond's last tick is the next millisecond's first
    assertThat(first.getMostSignificantBits() & 0xFFF).isEqualTo(4095);
    assertThat(second.getMostSignificantBits() & 0xFFF).isZero();
    assertThat(second.getMostSignificantBits() >>> 16).isEqualTo(late.toEpochMilli() + 1);
    assertThat(second.version()).isEqualTo(7);
  }

  @Test
  void theRestIsRandom() {
    // Given
    Ids ids = new TimeOrderedIds(InstantSource.fixed(Instant.EPOCH));

    // When
    List<Long> random =
        Stream.generate(() -> ids.next().getLeastSignificantBits()).limit(64).toList();

    // Then: each of the 62 bits is now 0 and now 1, and the variant is always the same
    assertThat(random.stream().reduce(0L, (a, b) -> a | b)).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
    assertThat(random.stream().reduce(-1L, (a, b) -> a & b)).isEqualTo(0x8000_0000_0000_0000L);
  }

  @Test
  void growsWhileTheClockStandsStill() {
    // Given
    Ids ids = new TimeOrderedIds(InstantSource.fixed(Instant.EPOCH));

    // When
    List<UUID> made = Stream.generate(ids::next).limit(10_000).toList();

    // Then
    assertThat(made.stream().map(UUID::toString)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void isUniqueAcrossThreads() {
    // Given
    Ids ids = new TimeOrderedIds();
    Set<UUID> made = ConcurrentHashMap.newKeySet();

    // When
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        threads.execute(
            () -> IntStream.range(0, IDS_PER_THREAD).forEach(_ -> made.add(ids.next())));
      }
    }

    // Then
    assertThat(made).hasSize(THREADS * IDS_PER_THREAD);
  }

  @Test
  void differsBetweenTwoMakersAtTheSameTime() {
    // Given
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);

    // When
    UUID one = new TimeOrderedIds(clock).next();
    UUID other = new TimeOrderedIds(clock).next();

    // Then
    assertThat(one).isNotEqualTo(other);
  }

  @Property(tries = 200)
  void growsWhateverTheClockDoes(
      @ForAll @Size(min = 1, max = 50)
          List<@LongRange(min = 0, max = 4_000_000_000_000L) Long> times) {
    // Given
    var clock = times.iterator();
    Ids ids = new TimeOrderedIds(() -> Instant.ofEpochMilli(clock.next()));

    // When
    List<String> made = times.stream().map(_ -> ids.next().toString()).toList();

    // Then
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void tellsWhenAnIdWasMadeAndNeverAnEarlierTimeForAGreaterId() {
    // Given
    Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");
    var ids = new TimeOrderedIds(() -> now);

    // When
    List<Instant> times =
        Stream.generate(ids::next).limit(10_000).map(TimeOrderedIds::timeOf).toList();

    // Then
    assertThat(times).isSorted();
    assertThat(times.getFirst()).isBetween(now.minusNanos(1_000), now);
  }
}
