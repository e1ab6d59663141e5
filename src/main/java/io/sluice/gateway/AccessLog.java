package io.sluice.gateway;

import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each answer, on a logger of its own that can be switched off. It holds no headers
 * but the trace's, no query and no path beyond the operation, so no secrets. Its fields have the
 * names of the Elastic Common Schema.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("sluice.access");

  private AccessLog() {}

  static void write(
      Exchange exchange, int status, long nanos, long sentBytes, Optional<TransferId> transfer) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    HttpMetrics.Operation operation = exchange.operation();
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("http.request.id", exchange.requestId())
            .addKeyValue("sluice.dialect", operation.dialect())
            .addKeyValue("sluice.operation", operation.name())
            .addKeyValue("http.request.method", exchange.method())
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("event.duration", nanos)
            .addKeyValue("http.request.body.bytes", exchange.receivedBytes())
            .addKeyValue("http.response.body.bytes", sentBytes)
            .addKeyValue("client.address", exchange.client());
    transfer.ifPresent(id -> line.addKeyValue("sluice.transfer", id.value().toString()));
    caller(line, exchange.principal());
    exchange
        .trace()
        .ifPresent(
            trace ->
                line.addKeyValue("trace.id", trace.trace())
                    .addKeyValue("parent.id", trace.parent()));
    line.log("answered");
  }

  private static void caller(LoggingEventBuilder line, Principal caller) {
    if (caller != null) {
      line.addKeyValue("sluice.tenant", caller.tenant().value());
      if (caller.credential().value() > 0) {
        line.addKeyValue("sluice.credential", caller.credential().value());
      }
    }
  }
}
