package io.sluice.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each answer, on a logger of its own that can be switched off. It holds no headers,
 * no query and no path beyond the operation, so no secrets.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("sluice.access");
  private static final long NANOS_PER_MICRO = 1_000;

  private AccessLog() {}

  static void write(Exchange exchange, int status, long nanos, long sentBytes) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    HttpMetrics.Operation operation = exchange.operation();
    LOG.atInfo()
        .addKeyValue("request_id", exchange.requestId())
        .addKeyValue("dialect", operation.dialect())
        .addKeyValue("operation", operation.name())
        .addKeyValue("method", exchange.method())
        .addKeyValue("status", status)
        .addKeyValue("duration_us", nanos / NANOS_PER_MICRO)
        .addKeyValue("received_bytes", exchange.receivedBytes())
        .addKeyValue("sent_bytes", sentBytes)
        .addKeyValue("remote", exchange.remote())
        .log("answered");
  }
}
