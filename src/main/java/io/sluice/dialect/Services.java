package io.sluice.dialect;

import io.sluice.access.Credentials;
import io.sluice.access.RateLimiter;
import io.sluice.access.Tokens;
import io.sluice.ledger.Ids;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.store.AssetStore;
import io.sluice.store.HolderStore;
import io.sluice.store.TransferStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What every dialect is built from.
 *
 * @param clock the time; always to be asked here, so that tests can set it
 * @param ids makes time-ordered UUIDs
 */
public record Services(
    TransferPipeline pipeline,
    HolderStore holders,
    AssetStore assets,
    TransferStore transfers,
    Tokens tokens,
    Credentials credentials,
    RateLimiter rateLimiter,
    Clock clock,
    Ids ids) {
  /** The time, as exactly as it can be stored. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
