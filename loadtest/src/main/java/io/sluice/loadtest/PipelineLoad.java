package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Loads the pipeline without HTTP, from one event loop, with a fixed number of commands in flight.
 */
final class PipelineLoad {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TransferPipeline pipeline;
  private final TenantId tenant;
  private final List<AccountRef> accounts;
  private final Ids ids;
  private final Workload.Picker picker;
  private final Histogram histogram = new Histogram(MAX_NANOS, 3);
  private long measureFrom;
  private long stopAt;
  private long errors;
  private long transfers;

  PipelineLoad(
      TransferPipeline pipeline,
      TenantId tenant,
      List<AccountRef> accounts,
      Ids ids,
      Workload workload) {
    this.pipeline = pipeline;
    this.tenant = tenant;
    this.accounts = accounts;
    this.ids = ids;
    this.picker = workload.picker(accounts.size(), System.nanoTime());
  }

  Future<Load> run(Vertx vertx, int inFlight, int warmUpSeconds, int seconds) {
    vertx.getOrCreateContext().runOnContext(v -> start(inFlight, warmUpSeconds, seconds));
    // The last answers may be under way for a moment after the measured time.
    return vertx
        .timer(warmUpSeconds + seconds + 1L, TimeUnit.SECONDS)
        .map(done -> Load.of(histogram, seconds, errors, transfers));
  }

  private void start(int inFlight, int warmUpSeconds, int seconds) {
    measureFrom = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    stopAt = measureFrom + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < inFlight; i++) {
      next();
    }
  }

  private void next() {
    picker.next();
    long started = System.nanoTime();
    pipeline.submit(command()).onComplete(result -> answered(started, result.result()));
  }

  private TransferCommand command() {
    var id = new TransferId(ids.next());
    var key =
        IdempotencyKey.of("loadtest", id.value().toString(), Digest.start().add(picker.source()));
    Leg leg =
        Leg.of(accounts.get(picker.source()), accounts.get(picker.destination()), Amount.of(1));
    return TransferCommand.of(Principal.operator(tenant), id, "loadtest.transfer")
        .key(key)
        .balanceLimit(Amount.MAX_LONG)
        .detail("{\"description\":\"load\"}")
        .to(new Intent.Move(leg));
  }

  private void answered(long started, Outcome outcome) {
    long now = System.nanoTime();
    if (outcome instanceof Outcome.Posted) {
      transfers++;
    }
    if (now >= measureFrom && now < stopAt) {
      if (outcome instanceof Outcome.Posted) {
        histogram.recordValue(Math.min(now - started, MAX_NANOS));
      } else {
        errors++;
      }
    }
    if (now >= stopAt) {
      return;
    }
    if (outcome instanceof Outcome.Overloaded(Duration retryAfter)) {
      Vertx.currentContext()
          .owner()
          .timer(retryAfter.toMillis(), TimeUnit.MILLISECONDS)
          .onComplete(waited -> next());
    } else {
      next();
    }
  }
}
