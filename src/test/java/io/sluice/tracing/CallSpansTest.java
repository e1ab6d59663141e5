package io.sluice.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sluice.config.TracingSettings;
import io.sluice.gateway.AccessLine;
import io.sluice.gateway.CallTracer;
import io.sluice.pipeline.BatchTracer;
import io.sluice.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallSpansTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context place = vertx.getOrCreateContext();
  private final List<SpanData> ended = new ArrayList<>();
  private final OpenCalls open = new OpenCalls();
  private final CallSpans calls =
      new CallSpans(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
              .build()
              .get("test"),
          open,
          "http");

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      ended.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static AccessLine line(String method, int status) {
    return new AccessLine(
        "r-1",
        "toy",
        "echo",
        method,
        status,
        1,
        2,
        3,
        "127.0.0.1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private SpanData spanOf(AccessLine line) {
    calls.begins(place, Optional.empty());
    calls.ends(place, "/echo/:id", line);
    return ended.getLast();
  }

  @Test
  void anAnswerThatIsTheServersFaultIsAnError() {
    // When
    SpanData span = spanOf(line("POST", 503));

    // Then
    assertThat(span.getName()).isEqualTo("POST /echo/:id");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("503");
    assertThat(span.getAttributes().get(AttributeKey.longKey("http.request.body.size")))
        .isEqualTo(2);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void anAnswerThatIsTheClientsFaultIsNone() {
    // When
    SpanData span = spanOf(line("POST", 422));

    // Then
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isNull();
  }

  /** Names of spans must not be as many as clients can think of. */
  @Test
  void aMethodThatNobodyKnowsIsNotNamed() {
    // When
    SpanData span = spanOf(line("BREW", 405));

    // Then
    assertThat(span.getName()).isEqualTo("HTTP /echo/:id");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("http.request.method")))
        .isEqualTo("_OTHER");
  }

  @Test
  void keepsNothingOfWhatHasEnded() {
    // When
    spanOf(line("GET", 200));

    // Then
    assertThat(open.size()).isZero();
  }

  @Test
  void isOffWithoutAnEndpoint() {
    // When
    Tracing tracing =
        Tracing.of(TracingSettings.SECTION.defaults(), "http", "test", new SimpleMeterRegistry());

    // Then
    assertThat(tracing).isSameAs(Tracing.OFF);
    assertThat(tracing.calls()).isSameAs(CallTracer.NONE);
    assertThat(tracing.batches()).isSameAs(BatchTracer.NONE);
    assertThat(tracing.calls().isOn()).isFalse();
  }
}
