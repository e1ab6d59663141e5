package io.sluice.gateway;

import io.sluice.access.AccessBusy;
import io.sluice.access.KeysUnavailableException;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FaultException;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Preparation;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What to answer when a handler fails. Here such failures are logged, and nowhere else. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** Looking somebody up takes milliseconds. */
  private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

  private Failures() {}

  static Answer answer(Throwable failure, Function<Fault, Answer> faults, Exchange exchange) {
    return switch (failure) {
      case ApiException refusal -> refusal.answer();
      case FaultException refusal -> faults.apply(refusal.fault());
      case JsonException refusal -> faults.apply(new Fault.InvalidJson(refusal.reason()));
      case AccessBusy busy -> faults.apply(new Fault.Overloaded(BUSY_RETRY_AFTER));
      case KeysUnavailableException outage -> faults.apply(new Fault.NothingDone());
      case Preparation.NothingDone outage -> {
        logOutage(outage, exchange);
        yield faults.apply(new Fault.NothingDone());
      }
      case StoreException outage when outage.kind() == StoreException.Kind.UNAVAILABLE ->
          outage(outage, faults, exchange);
      default -> defect(failure, faults, exchange);
    };
  }

  private static Answer outage(
      StoreException outage, Function<Fault, Answer> faults, Exchange exchange) {
    logOutage(outage, exchange);
    return faults.apply(
        exchange.hasDoneNothing() ? new Fault.NothingDone() : new Fault.Unavailable());
  }

  private static void logOutage(Throwable outage, Exchange exchange) {
    about(exchange, LOG.atWarn())
        .addKeyValue("error.message", outage.getMessage())
        .log("the database is not available");
  }

  private static Answer defect(
      Throwable failure, Function<Fault, Answer> faults, Exchange exchange) {
    about(exchange, LOG.atError()).setCause(failure).log("a request failed");
    return faults.apply(new Fault.Defect());
  }

  /** Of an answer that had begun, so that nobody can be told otherwise. */
  static void log(Throwable failure, Exchange exchange) {
    about(exchange, LOG.atWarn())
        .addKeyValue("error.message", failure.getMessage())
        .log("an answer broke off");
  }

  private static LoggingEventBuilder about(Exchange exchange, LoggingEventBuilder line) {
    return line.addKeyValue("http.request.id", exchange.requestId())
        .addKeyValue("sluice.dialect", exchange.operation().dialect())
        .addKeyValue("sluice.operation", exchange.operation().name());
  }
}
