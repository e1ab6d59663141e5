package io.sluice.tracing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what stands before and behind the queue of OpenTelemetry: what found no room there, what
 * was sent, what could not be sent.
 */
final class SpanOutlet {
  private final SpanExporter receiver;
  private final int capacity;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /**
   * @param capacity spans that may wait
   */
  SpanOutlet(SpanExporter receiver, int capacity, MeterRegistry registry) {
    this.receiver = receiver;
    this.capacity = capacity;
    Gauge.builder("sluice.tracing.waiting.spans", waiting, AtomicInteger::get)
        .description("Spans that wait to be sent")
        .strongReference(true)
        .register(registry);
    counter(registry, "sent", sent);
    counter(registry, "failed", failed);
    counter(registry, "dropped", dropped);
  }

  private static void counter(MeterRegistry registry, String result, LongAdder count) {
    FunctionCounter.builder("sluice.tracing.spans", count, LongAdder::sum)
        .description("Spans that were sent, could not be sent, or found no room to wait")
        .tag("result", result)
        .register(registry);
  }

  /** Hands spans on while there is room for them. */
  SpanProcessor before(SpanProcessor queue) {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {}

      @Override
      public boolean isStartRequired() {
        return false;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        if (waiting.incrementAndGet() > capacity) {
          waiting.decrementAndGet();
          dropped.increment();
        } else {
          queue.onEnd(span);
        }
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }

      @Override
      public CompletableResultCode forceFlush() {
        return queue.forceFlush();
      }

      @Override
      public CompletableResultCode shutdown() {
        return queue.shutdown();
      }
    };
  }

  /** Sends spans, and counts them. */
  SpanExporter exporter() {
    return new SpanExporter() {
      @Override
      public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        waiting.addAndGet(-count);
        CompletableResultCode result = receiver.export(spans);
        result.whenComplete(() -> (result.isSuccess() ? sent : failed).add(count));
        return result;
      }

      @Override
      public CompletableResultCode flush() {
        return receiver.flush();
      }

      @Override
      public CompletableResultCode shutdown() {
        return receiver.shutdown();
      }
    };
  }
}
