package io.sluice.gateway;

import io.sluice.ledger.TransferId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each answer, on a logger of its own that can be switched off. It holds no headers
 * but the trace's, no query and no path beyond the operation, so no secrets. The line is the
 * event's argument: what it says is put into words by whoever writes it, on a thread of his own.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("sluice.access");

  private AccessLog() {}

  /**
   * @param tracer is told the same
   */
  static void write(
      Exchange exchange,
      CallTracer tracer,
      int status,
      long nanos,
      long sentBytes,
      Optional<TransferId> transfer) {
    boolean logged = LOG.isInfoEnabled();
    if (!logged && !tracer.isOn()) {
      return;
    }
    HttpMetrics.Operation operation = exchange.operation();
    var line =
        new AccessLine(
            exchange.requestId(),
            operation.dialect(),
            operation.name(),
            exchange.method(),
            status,
            nanos,
            exchange.receivedBytes(),
            sentBytes,
            exchange.client(),
            transfer,
            Optional.ofNullable(exchange.principal()),
            exchange.trace());
    if (logged) {
      LOG.info("answered {}", line);
    }
    if (tracer.isOn()) {
      tracer.ends(exchange.here().context(), operation.route(), line);
    }
  }
}
