package io.sluice.tracing;

import io.opentelemetry.api.trace.Span;
import io.sluice.ledger.Outcome;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** One call's span, and what came of the commands that it made. */
final class CallSpan {
  static final String OUTCOME = "sluice.outcome";
  static final String COMMANDS = "sluice.commands";

  private final Span span;
  private final AtomicInteger commands = new AtomicInteger();

  CallSpan(Span span) {
    this.span = span;
  }

  Span span() {
    return span;
  }

  /** Notes what became of a command; of several, that of the last. */
  void outcome(Outcome outcome) {
    commands.incrementAndGet();
    span.setAttribute(OUTCOME, outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
  }

  /** How many commands have come to an end. */
  int commands() {
    return commands.get();
  }
}
