package io.sluice.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.store.events.DeliveryQueue.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be seen of deliveries from outside. */
final class EventMetrics {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Map<String, Map<Result, Timer>> attempts = new HashMap<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger due = new AtomicInteger();
  private final Clock clock;

  /** When the first of what is due became so; the end of time when nothing is. */
  private volatile Instant dueSince = Instant.MAX;

  /** What an attempt came to. */
  enum Result {
    DELIVERED,
    RETRIED,
    GIVEN_UP;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param dialects that have events
   */
  EventMetrics(MeterRegistry registry, Collection<String> dialects, Clock clock) {
    this.clock = clock;
    Gauge.builder("sluice.events.sending", sending, AtomicInteger::get)
        .description("Places for webhooks that are taken in this process")
        .register(registry);
    Gauge.builder("sluice.events.due.endpoints", due, AtomicInteger::get)
        .description("Endpoints for which deliveries were due when this process last looked")
        .register(registry);
    Gauge.builder("sluice.events.lag", this, EventMetrics::lagSeconds)
        .description("Age of the oldest delivery that was due when this process last looked")
        .baseUnit("seconds")
        .register(registry);
    dialects.forEach(dialect -> attempts.put(dialect, timers(registry, dialect)));
  }

  /** All of them: of a counter that appears only as it counts, a rate misses the first. */
  private static Map<Result, Timer> timers(MeterRegistry registry, String dialect) {
    Map<Result, Timer> timers = new EnumMap<>(Result.class);
    for (Result result : Result.values()) {
      timers.put(
          result,
          Timer.builder("sluice.events.attempts")
              .description("Attempts to deliver an event, by what they came to")
              .tag("dialect", dialect)
              .tag("result", result.label)
              .register(registry));
    }
    return timers;
  }

  private double lagSeconds() {
    Instant since = dueSince;
    Instant now = clock.instant();
    return since.isBefore(now) ? Duration.between(since, now).toMillis() / MILLIS_PER_SECOND : 0;
  }

  void sending(int count) {
    sending.set(count);
  }

  /** Shows what a look has found. */
  void due(List<Due> found) {
    due.set(found.size());
    dueSince = found.stream().map(Due::since).min(Instant::compareTo).orElse(Instant.MAX);
  }

  void attempt(String dialect, Result result, long nanos) {
    attempts.get(dialect).get(result).record(nanos, TimeUnit.NANOSECONDS);
  }
}
