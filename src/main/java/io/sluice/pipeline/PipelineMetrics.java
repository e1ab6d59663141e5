package io.sluice.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.store.FailureKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the pipeline tells Prometheus. Meters are looked up once; for the pipeline's event loop
 * only.
 */
final class PipelineMetrics {
  /** Where a word begins within a name. */
  private static final Pattern WORDS = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private final MeterRegistry registry;
  private final Tags tags;
  private final Queue<Gauge> gauges = new ConcurrentLinkedQueue<>();
  private final DistributionSummary batchSize;
  private final Timer lockTime;
  private final Timer commitTime;
  private final Map<FailureKind, Counter> failures = new EnumMap<>(FailureKind.class);
  private final Map<String, Map<Class<?>, Counter>> outcomes = new HashMap<>();
  private final Map<String, Map<Class<?>, Counter>> refusals = new HashMap<>();
  private final TenantCounts tenants;

  /**
   * @param countedTenants that have counters of their own
   * @param tags by which gauges differ from those of other pipelines; what is counted adds up
   */
  PipelineMetrics(MeterRegistry registry, int countedTenants, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    tenants = new TenantCounts(registry, countedTenants);
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
    gauges.add(
        Gauge.builder(name, value, IntSupplier::getAsInt)
            .description(description)
            .tags(tags)
            .strongReference(true)
            .register(registry));
  }

  /** Takes what {@link #gauge} has registered out again. From any thread. */
  void removeGauges() {
    gauges.forEach(registry::remove);
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

  void outcome(TenantId tenant, String kind, Outcome outcome) {
    tenants.count(tenant, outcome);
    Map<Class<?>, Counter> known = outcomes.get(kind);
    if (known == null) {
      known =
          byOutcome(
              registry,
              () ->
                  counter("sluice.transfers", "Commands by dialect, operation and outcome", kind));
      outcomes.put(kind, known);
    }
    known.get(outcome.getClass()).increment();
    if (outcome instanceof Outcome.Refused refused) {
      refusal(kind, refused.reason());
    }
  }

  /**
   * A counter for each outcome. All of them at once: of one that appears only as it counts, a rate
   * misses the first.
   *
   * @param builder begins another one
   */
  static Map<Class<?>, Counter> byOutcome(
      MeterRegistry registry, Supplier<Counter.Builder> builder) {
    Map<Class<?>, Counter> all = new HashMap<>();
    for (Class<?> type : Outcome.class.getPermittedSubclasses()) {
      String outcome = type.getSimpleName().toLowerCase(Locale.ROOT);
      all.put(type, builder.get().tag("outcome", outcome).register(registry));
    }
    return all;
  }

  private void refusal(String kind, Refusal reason) {
    refusals
        .computeIfAbsent(kind, key -> new HashMap<>())
        .computeIfAbsent(
            reason.getClass(),
            type ->
                counter(
                        "sluice.transfers.refused",
                        "Commands that were refused, by dialect, operation and reason",
                        kind)
                    .tag("reason", name(reason))
                    .register(registry))
        .increment();
  }

  /** A dialect's own reasons are answers in its own words, of which there is no end. */
  private static String name(Refusal reason) {
    return reason instanceof LedgerRefusal || reason instanceof TransferIdTaken
        ? WORDS.matcher(reason.getClass().getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT)
        : "dialect";
  }

  private static Counter.Builder counter(String name, String description, String kind) {
    int dot = kind.indexOf('.');
    return Counter.builder(name)
        .description(description)
        .tag("dialect", dot < 0 ? kind : kind.substring(0, dot))
        .tag("operation", kind);
  }
}
