package io.sluice.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.ledger.Outcome;
import io.sluice.store.FailureKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What the pipeline tells Prometheus. Meters are looked up once; for the pipeline's event loop
 * only.
 */
final class PipelineMetrics {
  private final MeterRegistry registry;
  private final DistributionSummary batchSize;
  private final Timer lockTime;
  private final Timer commitTime;
  private final Map<FailureKind, Counter> failures = new EnumMap<>(FailureKind.class);
  private final Map<String, Map<Class<?>, Counter>> outcomes = new HashMap<>();

  PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
    batchSize =
        DistributionSummary.builder("sluice.pipeline.batch.size")
            .description("Commands carried out in one transaction")
            .serviceLevelObjectives(1, 4, 16, 64, 256)
            .register(registry);
    lockTime =
        Timer.builder("sluice.pipeline.lock")
            .description("Time of the flush that locks and reads")
            .register(registry);
    commitTime =
        Timer.builder("sluice.pipeline.commit")
            .description("Time of the flush that writes and commits")
            .register(registry);
    for (FailureKind kind : FailureKind.values()) {
      failures.put(
          kind,
          Counter.builder("sluice.pipeline.failures")
              .description("Transactions that failed and were run again or given up, by cause")
              .tag("cause", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void gauge(String name, String description, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  void batch(int size) {
    batchSize.record(size);
  }

  Timer lockTime() {
    return lockTime;
  }

  Timer commitTime() {
    return commitTime;
  }

  void failure(FailureKind kind) {
    failures.get(kind).increment();
  }

  void outcome(String kind, Outcome outcome) {
    outcomes
        .computeIfAbsent(kind, k -> new HashMap<>())
        .computeIfAbsent(outcome.getClass(), type -> counter(kind, type))
        .increment();
  }

  private Counter counter(String kind, Class<?> type) {
    int dot = kind.indexOf('.');
    return Counter.builder("sluice.transfers")
        .description("Commands by dialect, operation and outcome")
        .tag("dialect", dot < 0 ? kind : kind.substring(0, dot))
        .tag("operation", kind)
        .tag("outcome", type.getSimpleName().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
