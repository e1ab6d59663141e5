package io.sluice.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.sluice.config.TracingSettings;
import io.sluice.gateway.CallTracer;
import io.sluice.pipeline.BatchTracer;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Traces by way of OpenTelemetry's SDK. It reads no environment variables. */
final class OpenTelemetry implements Tracing {
  private static final String SCOPE = "io.sluice";
  private static final double MILLION = 1_000_000;

  /** How long spans gather before they are sent. */
  private static final Duration GATHERING = Duration.ofSeconds(1);

  /** Spans that are sent at once. */
  private static final int MAX_SENT_SPANS = 512;

  /** A batch may carry more calls than OpenTelemetry would link by default. */
  private static final int MAX_LINKS = 1_024;

  private final SdkTracerProvider provider;
  private final OpenCalls open = new OpenCalls();
  private final CallSpans calls;
  private final BatchSpans batches;

  private OpenTelemetry(SdkTracerProvider provider, String scheme, String version) {
    this.provider = provider;
    Tracer tracer = provider.tracerBuilder(SCOPE).setInstrumentationVersion(version).build();
    calls = new CallSpans(tracer, open, scheme);
    batches = new BatchSpans(tracer, open);
  }

  static Tracing start(
      TracingSettings settings, String scheme, String version, MeterRegistry registry) {
    var timeout = Duration.ofMillis(settings.timeoutMs());
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().orElseThrow().toString())
            .setTimeout(timeout)
            .setConnectTimeout(timeout)
            .build();
    var counted = new SpanOutlet(exporter, settings.queueSpans(), registry);
    var processor =
        BatchSpanProcessor.builder(counted.exporter())
            .setMaxQueueSize(settings.queueSpans())
            .setMaxExportBatchSize(Math.min(MAX_SENT_SPANS, settings.queueSpans()))
            .setScheduleDelay(GATHERING)
            .setExporterTimeout(timeout)
            .build();
    var provider =
        SdkTracerProvider.builder()
            .setResource(resource(settings.serviceName(), version))
            .setSampler(new CallSampler(settings.sampledPerMillion() / MILLION))
            .setSpanLimits(SpanLimits.builder().setMaxNumberOfLinks(MAX_LINKS).build())
            .addSpanProcessor(counted.before(processor))
            .build();
    return new OpenTelemetry(provider, scheme, version);
  }

  private static Resource resource(String service, String version) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.builder()
                    .put("service.name", service)
                    .put("service.version", version)
                    .put("service.instance.id", UUID.randomUUID().toString())
                    .build()));
  }

  @Override
  public CallTracer calls() {
    return calls;
  }

  @Override
  public BatchTracer batches() {
    return batches;
  }

  @Override
  public TransferPipeline following(TransferPipeline pipeline) {
    return new FollowedPipeline(pipeline, open);
  }

  @Override
  public Future<Void> stop(long timeoutMs) {
    Promise<Void> sent = Promise.promise();
    provider.shutdown().whenComplete(sent::complete);
    return sent.future().timeout(timeoutMs, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }
}
