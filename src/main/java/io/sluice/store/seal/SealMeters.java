package io.sluice.store.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What is sealed, for those who watch. */
final class SealMeters {
  private final Counter entries;
  private final Counter late;
  private final Timer rests;

  /**
   * Registers them.
   *
   * @param lag seconds
   */
  SealMeters(MeterRegistry registry, Supplier<Number> lag) {
    entries = counter(registry, "sluice.seal.entries", "Transfers that were sealed");
    late =
        counter(
            registry, "sluice.seal.late", "Transfers that were sealed after those with later ids");
    rests =
        Timer.builder("sluice.seal.rests")
            .description("Times in which sealing left the machine to others although more waited")
            .register(registry);
    Gauge.builder("sluice.seal.lag", lag)
        .description("Age of the oldest transfer that this process wrote and that is not sealed")
        .baseUnit("seconds")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void added(SealStore.Added added) {
    entries.increment(added.entries());
    late.increment(added.late());
  }

  void rested(Duration rest) {
    rests.record(rest);
  }
}
