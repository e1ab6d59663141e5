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
}
