package io.sluice.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be seen of deliveries from outside. */
final class EventMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger due = new AtomicInteger();

  /** What an attempt came to. */
  enum Result {
    DELIVERED,
    RETRIED,
    GIVEN_UP;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  EventMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("sluice.events.sending", sending, AtomicInteger::get)
        .description("Webhooks being sent by this process")
        .register(registry);
    Gauge.builder("sluice.events.due.endpoints", due, AtomicInteger::get)
        .description("Endpoints for which deliveries were due when this process last looked")
        .register(registry);
  }

  void sending(int count) {
    sending.set(count);
  }

  void dueEndpoints(int count) {
    due.set(count);
  }

  void attempt(String dialect, Result result, long nanos) {
    Timer.builder("sluice.events.attempts")
        .description("Attempts to deliver an event, by what they came to")
        .tag("dialect", dialect)
        .tag("result", result.label)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
