package io.sluice.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of the database's connection pools, as Vert.x reports what happens in them. */
public final class PoolMeters implements VertxMetricsFactory {
  private static final String SQL = "sql";

  private final MeterRegistry registry;

  /**
   * @param registry where the meters are registered
   */
  public PoolMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return new VertxMetrics() {
      @Override
      public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int maxSize) {
        return type.equals(SQL) ? new Pool(registry, name, maxSize) : null;
      }
    };
  }

  /** One pool: who waits for a connection, and who has one. */
  private static final class Pool implements PoolMetrics<Timer.Sample, Timer.Sample> {
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger inUse = new AtomicInteger();
    private final MeterRegistry registry;
    private final Timer waitTime;
    private final Timer useTime;

    Pool(MeterRegistry registry, String name, int maxSize) {
      this.registry = registry;
      Tags tags = Tags.of("pool", name);
      Gauge.builder("sluice.pool.waiting", waiting, AtomicInteger::get)
          .description("Calls that wait for a connection")
          .tags(tags)
          .register(registry);
      Gauge.builder("sluice.pool.in.use", inUse, AtomicInteger::get)
          .description("Connections that a call has")
          .tags(tags)
          .register(registry);
      Gauge.builder("sluice.pool.max", () -> maxSize)
          .description("Connections that there may be")
          .tags(tags)
          .register(registry);
      waitTime =
          Timer.builder("sluice.pool.wait")
              .description("Time that calls waited for a connection")
              .tags(tags)
              .register(registry);
      useTime =
          Timer.builder("sluice.pool.use")
              .description("Time that calls had a connection")
              .tags(tags)
              .register(registry);
    }

    @Override
    public Timer.Sample enqueue() {
      waiting.incrementAndGet();
      return Timer.start(registry);
    }

    @Override
    public void dequeue(Timer.Sample queued) {
      waiting.decrementAndGet();
      queued.stop(waitTime);
    }

    @Override
    public Timer.Sample begin() {
      inUse.incrementAndGet();
      return Timer.start(registry);
    }

    @Override
    public void end(Timer.Sample begun) {
      inUse.decrementAndGet();
      begun.stop(useTime);
    }
  }
}
