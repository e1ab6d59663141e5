package io.sluice.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Meters of one pool of connections: who waits for one, and who has one. */
final class PoolMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer waitTime;
  private final Timer useTime;

  PoolMeters(MeterRegistry registry, String name) {
    this.registry = registry;
    this.tags = Tags.of("pool", name);
    this.waitTime = timer("sluice.pool.wait", "Time that calls waited for a connection");
    this.useTime = timer("sluice.pool.use", "Time that calls had a connection");
  }

  /** Shows what there is in a pool. */
  void watch(BoundedPool pool, int max) {
    gauge("sluice.pool.waiting", "Calls that wait for a connection", pool::waiting);
    gauge("sluice.pool.in.use", "Connections that a call has", pool::inUse);
    gauge("sluice.pool.connections", "Connections that are open", pool::size);
    gauge("sluice.pool.max", "Connections that there may be", () -> max);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).tags(tags).register(registry);
  }

  void waited(long nanos) {
    waitTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  void used(long nanos) {
    useTime.record(nanos, TimeUnit.NANOSECONDS);
  }
}
