package io.sluice.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.BatchTracer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A span for each transaction that carries a command of a call that is traced: a child of the first
 * such call, linked with all of them, and they with it.
 */
final class BatchSpans implements BatchTracer {
  private final Tracer tracer;
  private final OpenCalls open;

  BatchSpans(Tracer tracer, OpenCalls open) {
    this.tracer = tracer;
    this.open = open;
  }

  /** Whether a traced call has a command at work. */
  @Override
  public boolean isOn() {
    return !open.isEmpty();
  }

  @Override
  public Transaction begins(List<TransferCommand> commands) {
    Set<CallSpan> calls = new LinkedHashSet<>();
    commands.forEach(command -> open.of(command.id()).ifPresent(calls::add));
    return calls.isEmpty() ? Transaction.UNSEEN : new Batch(begin(calls, commands.size()));
  }

  private Span begin(Set<CallSpan> calls, int commands) {
    SpanBuilder builder =
        tracer
            .spanBuilder("batch")
            .setParent(Context.root().with(calls.iterator().next().span()))
            .setAttribute("db.system.name", "postgresql")
            .setAttribute(CallSpan.COMMANDS, commands);
    calls.forEach(call -> builder.addLink(call.span().getSpanContext()));
    Span span = builder.startSpan();
    calls.forEach(call -> call.span().addLink(span.getSpanContext()));
    return span;
  }

  private record Batch(Span span) implements Transaction {
    @Override
    public void locked() {
      span.addEvent("locked");
    }

    @Override
    public void decided() {
      span.addEvent("decided");
    }

    @Override
    public void ended(boolean committed) {
      if (!committed) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }
}
