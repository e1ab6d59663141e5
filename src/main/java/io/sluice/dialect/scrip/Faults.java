package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonException;
import io.sluice.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to answer when a handler fails. The gateway would do the same, but without the headers that
 * Scrip puts on every answer.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  static Answer answer(Call call, Throwable failure) {
    return switch (failure) {
      case ApiException refusal -> refusal.answer();
      case JsonException refusal -> of(new Fault.InvalidJson(refusal.reason()));
      case StoreException outage when outage.kind() == StoreException.Kind.UNAVAILABLE -> {
        LOG.atWarn()
            .addKeyValue("request_id", call.requestId())
            .addKeyValue("failure", outage.getMessage())
            .log("the database is not available");
        yield of(new Fault.Unavailable());
      }
      default -> {
        log(call, failure);
        yield of(new Fault.Defect());
      }
    };
  }

  static Answer of(Fault fault) {
    return ScripErrors.fault(fault).answer();
  }

  private static void log(Call call, Throwable failure) {
    LOG.atError()
        .addKeyValue("request_id", call.requestId())
        .addKeyValue("dialect", Names.DIALECT)
        .setCause(failure)
        .log("a request failed");
  }
}
