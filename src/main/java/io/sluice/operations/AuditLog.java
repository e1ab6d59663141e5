package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each thing that an administrator does or tries, on a logger of its own. It names
 * what was touched, never a secret.
 */
final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger("sluice.audit");

  private AuditLog() {}

  static void answered(Call call, String operation, String tenant, Answer answer) {
    about(call, LOG.atInfo(), "admin_action")
        .addKeyValue("operation", operation)
        .addKeyValue("tenant", tenant)
        .addKeyValue("status", answer.status())
        .log("an administrator's request was answered");
  }

  static void failed(Call call, String operation, String tenant) {
    about(call, LOG.atWarn(), "admin_failure")
        .addKeyValue("operation", operation)
        .addKeyValue("tenant", tenant)
        .log("an administrator's request failed; whether it took effect is unknown");
  }

  static void refused(Call call, String operation) {
    about(call, LOG.atWarn(), "admin_refused")
        .addKeyValue("operation", operation)
        .log("somebody without the admin token was refused");
  }

  /** What exactly was touched. */
  static void touched(Call call, String what, String id, String label) {
    about(call, LOG.atInfo(), "admin_touched")
        .addKeyValue("what", what)
        .addKeyValue("id", id)
        .addKeyValue("label", label)
        .log("an administrator changed something");
  }

  private static LoggingEventBuilder about(Call call, LoggingEventBuilder line, String event) {
    return line.addKeyValue("event", event).addKeyValue("request_id", call.requestId());
  }
}
