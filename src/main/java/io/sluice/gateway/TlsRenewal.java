package io.sluice.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.TlsSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether the files of a port's TLS have changed, and has new connections
 * shown what is in them now. While that is of no use, they are shown what was there before.
 */
final class TlsRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(TlsRenewal.class);

  private final Vertx vertx;
  private final TlsSettings settings;

  /** Named in the log and in metrics. */
  private final String port;

  private final Function<Tls, Future<?>> show;
  private final long timer;
  private volatile Tls shown;

  /** Why what is in the files now is not shown; empty while it is. */
  private volatile String complaint = "";

  private boolean looking;

  /**
   * Starts to look.
   *
   * @param shown what is shown now
   * @param show has new connections shown something else
   */
  TlsRenewal(
      Vertx vertx, TlsSettings settings, String port, Tls shown, Function<Tls, Future<?>> show) {
    this.vertx = vertx;
    this.settings = settings;
    this.port = port;
    this.shown = shown;
    this.show = show;
    warnOfEnd();
    timer = vertx.setPeriodic(settings.reloadIntervalMs(), due -> look());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** Tells of the certificate in these metrics. */
  void register(MeterRegistry registry) {
    Gauge.builder("sluice.tls.certificate.end", this, it -> it.shown.end().getEpochSecond())
        .description("When the certificate ends that a port shows, in Unix time")
        .baseUnit("seconds")
        .tag("port", port)
        .register(registry);
    Gauge.builder("sluice.tls.files.refused", this, it -> it.complaint.isEmpty() ? 0 : 1)
        .description("1 while the files of a port's TLS are of no use and earlier ones are shown")
        .tag("port", port)
        .register(registry);
  }

  /** On one thread at a time: a look that takes long is not joined by the next. */
  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(() -> Tls.read(settings), false)
        .compose(this::take)
        .onFailure(this::complain)
        .onComplete(done -> looking = false);
  }

  private Future<Void> take(Tls found) {
    if (found.equals(shown)) {
      complaint = "";
      return Future.succeededFuture();
    }
    return show.apply(found).onSuccess(done -> taken(found)).mapEmpty();
  }

  private void taken(Tls found) {
    LOG.info(
        "The port {} shows another certificate or asks for those of other authorities now; its own"
            + " ends at {}",
        port,
        found.end());
    shown = found;
    complaint = "";
    warnOfEnd();
  }

  private void complain(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(complaint)) {
      LOG.warn("The port {} goes on with its earlier certificate: {}", port, reason);
      complaint = reason;
    }
  }

  private void warnOfEnd() {
    if (shown.end().isBefore(Instant.now())) {
      LOG.warn("The certificate of the port {} has ended at {}", port, shown.end());
    }
  }
}
