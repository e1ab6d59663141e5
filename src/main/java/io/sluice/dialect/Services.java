package io.sluice.dialect;

import io.sluice.access.Credentials;
import io.sluice.access.RateLimiter;
import io.sluice.access.Rights;
import io.sluice.access.TokenClaims;
import io.sluice.access.Tokens;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.store.AssetStore;
import io.sluice.store.HolderStore;
import io.sluice.store.SealedEntries;
import io.sluice.store.TransferStore;
import io.sluice.store.access.Backing;
import io.sluice.store.events.Listeners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;

/**
 * What every dialect is built from.
 *
 * @param clock the time; always to be asked here, so that tests can set it
 * @param ids makes time-ordered UUIDs
 * @param names what names stand for, of all dialects
 * @param bulk where requests of many lines are dealt with
 * @param listeners which tenants want to hear of events
 */
public record Services(
    TransferPipeline pipeline,
    HolderStore holders,
    AssetStore assets,
    TransferStore transfers,
    SealedEntries seals,
    Tokens tokens,
    Credentials credentials,
    RateLimiter rateLimiter,
    Clock clock,
    Ids ids,
    NameIndex names,
    Bulk bulk,
    Listeners listeners) {
  /** The time, as exactly as it can be stored. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The same, but for the ids that are made. */
  public Services withIds(Ids others) {
    return new Services(
        pipeline,
        holders,
        assets,
        transfers,
        seals,
        tokens,
        credentials,
        rateLimiter,
        clock,
        others,
        names,
        bulk,
        listeners);
  }

  /** A new transfer's id. */
  public TransferId transferId() {
    return new TransferId(ids.next());
  }

  /**
   * A token of Sluice's own, from now on, for whoever has proved itself.
   *
   * @param bearer the user or client, whose credential stands behind the token
   */
  public String token(
      TenantId tenant,
      String dialect,
      Backing.Credential bearer,
      Rights rights,
      Duration lifetime) {
    Instant expiresAt = clock.instant().plus(lifetime);
    return tokens.issue(bearer, new TokenClaims(tenant, dialect, bearer.id(), rights, expiresAt));
  }

  /**
   * A gate that also turns transfers away for which there is no room.
   *
   * @param words how the dialect says it
   * @param moving the ids of the operations that make transfers
   */
  public <C> Turnstile<C> turnstile(
      Gate<C> gate, Function<C, TenantId> tenant, Function<Fault, Answer> words, String... moving) {
    return new Turnstile<>(gate, pipeline, tenant, Set.of(moving), words);
  }
}
