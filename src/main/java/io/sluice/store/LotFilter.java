package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which lots to list. All conditions must hold.
 *
 * @param accounts held by one of these
 * @param statuses in one of these; none given means any
 * @param remainingOnly only lots that still hold something, which an index finds fast
 * @param createdAfter strictly later than this
 * @param createdBefore strictly earlier than this
 * @param issuer issued by this holder
 * @param origins pieces of one of these issues; none given means any
 */
public record LotFilter(
    TenantId tenant,
    Collection<AccountId> accounts,
    Set<LotStatus> statuses,
    boolean remainingOnly,
    Optional<Instant> createdAfter,
    Optional<Instant> createdBefore,
    Optional<HolderId> issuer,
    Set<UUID> origins) {
  public LotFilter {
    accounts = List.copyOf(accounts);
    statuses = Set.copyOf(statuses);
    origins = Set.copyOf(origins);
  }

  /** Every lot that these accounts hold or held last. */
  public static LotFilter heldBy(TenantId tenant, Collection<AccountId> accounts) {
    return new LotFilter(
        tenant,
        accounts,
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  /** The same, but only these statuses. */
  public LotFilter withStatuses(Set<LotStatus> wanted) {
    return new LotFilter(
        tenant, accounts, wanted, remainingOnly, createdAfter, createdBefore, issuer, origins);
  }

  /** The same, but only lots that still hold something. */
  public LotFilter withRemainingOnly() {
    return new LotFilter(
        tenant, accounts, statuses, true, createdAfter, createdBefore, issuer, origins);
  }

  /** The same, but only lots created strictly between the two. */
  public LotFilter withCreated(Optional<Instant> after, Optional<Instant> before) {
    return new LotFilter(tenant, accounts, statuses, remainingOnly, after, before, issuer, origins);
  }

  /** The same, but only lots of this issuer. */
  public LotFilter withIssuer(HolderId wanted) {
    return new LotFilter(
        tenant,
        accounts,
        statuses,
        remainingOnly,
        createdAfter,
        createdBefore,
        Optional.of(wanted),
        origins);
  }

  /** The same, but only pieces of these issues. */
  public LotFilter withOrigins(Set<UUID> wanted) {
    return new LotFilter(
        tenant, accounts, statuses, remainingOnly, createdAfter, createdBefore, issuer, wanted);
  }
}
