package io.sluice.loadtest.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A look-up in a bounded cache, as the dialects keep them for immutable things. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class CacheBenchmark {
  private static final int ENTRIES = 65_536;
  private static final int MAX_ENTRIES = 200_000;

  private final Cache<Key, Object> cache = Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
  private final UUID[] ids = new UUID[ENTRIES];
  private int next;

  private record Key(int tenant, UUID id) {}

  @Setup
  public void fill() {
    for (int i = 0; i < ENTRIES; i++) {
      ids[i] = UUID.randomUUID();
      cache.put(new Key(1, ids[i]), ids[i]);
    }
  }

  @Benchmark
  public Object hit() {
    next = (next + 1) % ENTRIES;
    return cache.getIfPresent(new Key(1, ids[next]));
  }
}
