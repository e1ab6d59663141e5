package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Transfers of one tenant, as a careful client makes them: one that is not known to be carried out
 * is sent again with its key until it is, and only then the next one.
 */
final class Streams {
  /** What its transfers are called in the books. */
  static final String KIND = "loadtest.transfer";

  private static final int MANY = 16;
  private static final long PAUSE_MS = 100;

  private final Vertx vertx;
  private final TransferPipeline pipeline;
  private final TenantId tenant;
  private final List<AccountRef> accounts;
  private final Ids ids;
  private final List<Future<Void>> ends = new ArrayList<>();
  private volatile boolean stop;
  private long done;
  private long repeated;
  private long lastNanos = System.nanoTime();
  private long gapNanos;

  Streams(
      Vertx vertx, TransferPipeline pipeline, TenantId tenant, List<AccountRef> accounts, Ids ids) {
    this.vertx = vertx;
    this.pipeline = pipeline;
    this.tenant = tenant;
    this.accounts = accounts;
    this.ids = ids;
  }

  /** Several at the same time, each from one account to the next. */
  void start() {
    for (int i = 0; i < MANY; i++) {
      Promise<Void> end = Promise.promise();
      ends.add(end.future());
      Leg leg = Leg.of(accounts.get(2 * i), accounts.get(2 * i + 1), Amount.of(1));
      vertx.getOrCreateContext().runOnContext(started -> next(leg, end));
    }
  }

  private void next(Leg leg, Promise<Void> end) {
    if (stop) {
      end.complete();
    } else {
      send(UUID.randomUUID().toString(), leg, end);
    }
  }

  private void send(String key, Leg leg, Promise<Void> end) {
    var command =
        TransferCommand.of(Principal.operator(tenant), new TransferId(ids.next()), KIND)
            .key(IdempotencyKey.of("loadtest", key, Digest.start().add(key)))
            .balanceLimit(Amount.MAX_LONG)
            .detail("{}")
            .to(new Intent.Move(leg));
    pipeline
        .submit(command)
        .onComplete(
            told -> {
              if (told.succeeded() && told.result().stored().isPresent()) {
                count();
                next(leg, end);
              } else {
                repeat();
                vertx
                    .timer(PAUSE_MS, TimeUnit.MILLISECONDS)
                    .onComplete(waited -> send(key, leg, end));
              }
            });
  }

  private synchronized void count() {
    long now = System.nanoTime();
    gapNanos = Math.max(gapNanos, now - lastNanos);
    lastNanos = now;
    done++;
  }

  private synchronized void repeat() {
    repeated++;
  }

  /** Forgets how long nothing was carried out so far. */
  synchronized void watch() {
    gapNanos = 0;
    lastNanos = System.nanoTime();
  }

  /** Transfers that are known to be carried out, each counted once. */
  synchronized long done() {
    return done;
  }

  /** How often one had to be sent again. */
  synchronized long repeated() {
    return repeated;
  }

  /** For how long at most none was answered with success, in milliseconds. */
  synchronized long gapMs() {
    return TimeUnit.NANOSECONDS.toMillis(gapNanos);
  }

  TenantId tenant() {
    return tenant;
  }

  /** Begins nothing more, and waits for what was begun. */
  void stop() {
    stop = true;
    Awaiting.result(Future.join(ends));
  }
}
