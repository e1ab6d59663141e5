package io.sluice.store.scrip;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pages of ids. A page starts after the last id of the page before, so that rows which appear
 * meanwhile neither repeat nor hide any.
 */
public final class Listings {
  private static final String HOLDERS =
      """
      SELECT id FROM holder
       WHERE tenant_id = $1 AND kind = $2 AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4
      """;

  private static final String ASSETS =
      """
      SELECT id FROM asset
       WHERE tenant_id = $1 AND kind = $2 AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4
      """;

  /** Through the accounts' postings, as used-up lots are in no index by account. */
  private static final String LOTS =
      """
      SELECT lot.id
        FROM lot
       WHERE lot.tenant_id = $1
         AND lot.id IN (
               SELECT moved.lot_id
                 FROM account
                 JOIN posting
                   ON posting.tenant_id = $1 AND posting.account = account.number
                 JOIN lot_movement AS moved
                   ON moved.tenant_id = $1 AND moved.transfer_id = posting.transfer_id
                  AND moved.account_id = account.id
                WHERE account.tenant_id = $1 AND account.id = ANY($2))
         AND lot.account_id = ANY($2)
         AND ($3::boolean IS NULL OR $3 = (lot.remaining = 0))
         AND ($4::boolean IS NULL OR $4 = (coalesce(lot.expires_at <= $5, false)))
         AND ($6::timestamptz IS NULL OR lot.expires_at < $6)
         AND ($7::timestamptz IS NULL OR lot.expires_at > $7)
         AND ($8::timestamptz IS NULL OR (lot.created_at, lot.id) > ($8, $9))
       ORDER BY lot.created_at, lot.id LIMIT $10
      """;

  private final Statements lists;

  public Listings(Pools pools) {
    this.lists = pools.lists();
  }

  /** Holders of one kind, newest first. */
  public Future<List<HolderId>> holders(
      TenantId tenant, String kind, Optional<UUID> before, int limit) {
    return lists.all(
        HOLDERS,
        row -> new HolderId(row.getUUID("id")),
        tenant.value(),
        kind,
        before.orElse(null),
        (long) limit);
  }

  /** Assets of one kind, newest first. */
  public Future<List<AssetId>> assets(
      TenantId tenant, String kind, Optional<UUID> before, int limit) {
    return lists.all(
        ASSETS,
        row -> new AssetId(row.getUUID("id")),
        tenant.value(),
        kind,
        before.orElse(null),
        (long) limit);
  }

  /** Lots of some accounts, oldest first. */
  public Future<List<LotId>> lots(TenantId tenant, LotQuery query, int limit) {
    return lists.all(
        LOTS,
        row -> new LotId(row.getUUID("id")),
        tenant.value(),
        Rows.uuids(query.accounts(), AccountId::value),
        query.consumed().orElse(null),
        query.expired().orElse(null),
        Rows.time(query.now()),
        query.expiresBefore().map(Rows::time).orElse(null),
        query.expiresAfter().map(Rows::time).orElse(null),
        query.after().map(place -> Rows.time(place.createdAt())).orElse(null),
        query.after().map(Place::id).orElse(null),
        (long) limit);
  }

  /** The last lot of the page before. */
  public record Place(Instant createdAt, UUID id) {}

  /**
   * Which lots to list. All conditions must hold.
   *
   * @param accounts held by one of these
   * @param consumed nothing left, or something left
   * @param expired expired by {@code now}, or not
   * @param after only later ones than this
   */
  public record LotQuery(
      Collection<AccountId> accounts,
      Optional<Boolean> consumed,
      Optional<Boolean> expired,
      Instant now,
      Optional<Instant> expiresBefore,
      Optional<Instant> expiresAfter,
      Optional<Place> after) {}
}
