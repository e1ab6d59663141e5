package io.sluice.dialect;

import io.sluice.config.BulkSettings;
import io.sluice.ledger.TenantId;
import io.sluice.share.Shares;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Where requests that consist of lines are dealt with, and what they share: how many lines may be
 * at work at once, so that they leave room in the pipeline for single transfers.
 */
public final class Bulk {
  /** Others' windows are given back when their requests end, and nobody knows when that is. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final BulkSettings settings;
  private final Shares<TenantId> windows;
  private final AtomicInteger atWork = new AtomicInteger();

  public Bulk(BulkSettings settings) {
    this.settings = settings;
    windows = new Shares<>(settings.maxLines());
  }

  /** How many lines are at work. */
  public int linesAtWork() {
    return atWork.get();
  }

  /** The memory that one request may take at once, in bytes. */
  int heldBytes() {
    return settings.windowBytes() + BulkAnswer.reckonedBytes(settings.maxLineBytes());
  }

  /**
   * Answers a request line by line.
   *
   * @param work gets a line ready, of which several may be in preparation at once
   */
  Future<Answer> answer(TenantId tenant, Call call, Function<Call, Future<ReadyLine>> work) {
    var window = windows.holding(tenant);
    if (!window.take(Math.min(settings.windowLines(), windows.capacity()))) {
      throw new FaultException(new Fault.Overloaded(RETRY_AFTER));
    }
    return new BulkAnswer(call, settings, atWork, window, work).begin();
  }
}
