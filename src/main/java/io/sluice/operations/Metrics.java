package io.sluice.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.dialect.Answer;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one registry of all meters, with those of the virtual machine, and how Prometheus reads it.
 */
public final class Metrics implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /**
   * Tenants make it longer than the port has memory for what its clients have not read: a scraper
   * that was slow for a moment would be cut.
   */
  private static final int MOST_AT_ONCE_BYTES = 131_072;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  /**
   * @param version this build's, as a label
   */
  public Metrics(String version) {
    // One is in nanoseconds where Prometheus wants seconds, which are added below; the other's name
    // ends like a histogram's.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    new JvmMemoryMetrics().bindTo(registry);
    garbage.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bindProcessorTime();
    for (LogLoss log : LogLoss.values()) {
      FunctionCounter.builder("sluice.log.dropped", log, LogLoss::lines)
          .description("Lines of the log that were dropped because its reader stalled")
          .tag("log", log.label())
          .register(registry);
    }
    Gauge.builder("sluice.build.info", () -> 1)
        .description("This build, in its labels")
        .tags("version", version, "java", Runtime.version().toString())
        .register(registry);
  }

  /**
   * Shows whether the gateway is ready.
   *
   * @param value 1 or 0; not a number as long as that is unknown
   */
  void readiness(Supplier<Number> value) {
    Gauge.builder("sluice.ready", value)
        .description("Whether the checks of /health/ready were well when they ran last")
        .strongReference(true)
        .register(registry);
  }

  /** Where everybody registers meters. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }

  /**
   * All meters, in the format that the client prefers of the two that there are. Blocks: call it
   * from a worker thread.
   */
  Answer scrape(String accept) {
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    Buffer text = Buffer.buffer(registry.scrape(type));
    return text.length() <= MOST_AT_ONCE_BYTES
        ? new Answer(200, type, text, Map.of())
        : Answer.of(200, type, PackedText.of(text.getBytes()));
  }

  private void bindProcessorTime() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      FunctionCounter.builder(
              "process.cpu",
              system,
              s -> (double) s.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1))
          .baseUnit("seconds")
          .description("Processor time that this process has used")
          .register(registry);
    }
  }
}
