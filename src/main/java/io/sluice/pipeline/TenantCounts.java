package io.sluice.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import java.util.HashMap;
import java.util.Map;

/**
 * Outcomes by tenant. So that a metric does not grow without end, only the first tenants that come
 * have counters of their own. For the pipeline's event loop only.
 */
final class TenantCounts {
  /** What all others are called together. */
  private static final String OTHERS = "other";

  private final MeterRegistry registry;
  private final int most;
  private final Map<TenantId, Map<Class<?>, Counter>> known = new HashMap<>();
  private final Map<Class<?>, Counter> others;

  /**
   * @param most tenants that are counted apart; none is counted at all when it is 0
   */
  TenantCounts(MeterRegistry registry, int most) {
    this.registry = registry;
    this.most = most;
    this.others = most == 0 ? Map.of() : counters(OTHERS);
  }

  void count(TenantId tenant, Outcome outcome) {
    if (most == 0) {
      return;
    }
    Map<Class<?>, Counter> counters = known.get(tenant);
    if (counters == null) {
      counters = meet(tenant);
    }
    counters.get(outcome.getClass()).increment();
  }

  private Map<Class<?>, Counter> meet(TenantId tenant) {
    if (known.size() == most) {
      return others;
    }
    Map<Class<?>, Counter> counters = counters(Integer.toString(tenant.value()));
    known.put(tenant, counters);
    return counters;
  }

  private Map<Class<?>, Counter> counters(String tenant) {
    return PipelineMetrics.byOutcome(
        registry,
        () ->
            Counter.builder("sluice.tenant.transfers")
                .description("Commands by tenant and outcome")
                .tag("tenant", tenant));
  }
}
