package io.sluice.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.sluice.gateway.AccessLine;
import io.sluice.gateway.CallTracer;
import io.sluice.gateway.TraceParent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A span for each call, in the words of OpenTelemetry's conventions for HTTP servers. It tells what
 * the access log tells, so neither a path nor a query: there are clients' ids in them.
 */
final class CallSpans implements CallTracer {
  private static final int FIRST_SERVER_ERROR = 500;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /** Fields of the access log whose names are others here. */
  private static final Map<String, String> NAMES =
      Map.of(
          "http.request.body.bytes", "http.request.body.size",
          "http.response.body.bytes", "http.response.body.size");

  /** Fields of the access log that every span has anyway, or that are set otherwise. */
  private static final Set<String> LEFT_OUT =
      Set.of("event.duration", "trace.id", "parent.id", "http.request.method");

  private final Tracer tracer;
  private final OpenCalls open;
  private final String scheme;

  /**
   * @param scheme of the port that is called
   */
  CallSpans(Tracer tracer, OpenCalls open, String scheme) {
    this.tracer = tracer;
    this.open = open;
    this.scheme = scheme;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void begins(io.vertx.core.Context place, Optional<TraceParent> parent) {
    Span span =
        tracer
            .spanBuilder("HTTP")
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent.map(CallSpans::remote).orElseGet(Context::root))
            .startSpan();
    if (span.isRecording()) {
      open.begins(place, new CallSpan(span));
    }
  }

  private static Context remote(TraceParent parent) {
    SpanContext caller =
        SpanContext.createFromRemoteParent(
            parent.trace(),
            parent.parent(),
            parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(caller));
  }

  @Override
  public void ends(io.vertx.core.Context place, String route, AccessLine line) {
    open.ends(place).ifPresent(call -> end(call, route, line));
  }

  private void end(CallSpan call, String route, AccessLine line) {
    Span span = call.span();
    String method = METHODS.contains(line.method()) ? line.method() : "_OTHER";
    span.updateName((method.equals("_OTHER") ? "HTTP" : method) + ' ' + route);
    span.setAttribute("http.request.method", method);
    span.setAttribute("http.route", route);
    span.setAttribute("url.scheme", scheme);
    line.tell(new Fields(span));
    if (call.commands() > 1) {
      span.setAttribute(CallSpan.COMMANDS, call.commands());
    }
    if (line.status() >= FIRST_SERVER_ERROR) {
      span.setAttribute("error.type", Integer.toString(line.status()));
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private record Fields(Span span) implements AccessLine.Fields {
    @Override
    public void text(String name, String value) {
      if (!LEFT_OUT.contains(name)) {
        span.setAttribute(NAMES.getOrDefault(name, name), value);
      }
    }

    @Override
    public void number(String name, long value) {
      if (!LEFT_OUT.contains(name)) {
        span.setAttribute(NAMES.getOrDefault(name, name), value);
      }
    }
  }
}
