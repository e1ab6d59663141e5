package io.sluice.store.scrip;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Forms;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Lots that have matured or expired by themselves and wait for the entry that says so. They are
 * only read here; what becomes of one is decided once its account is locked.
 */
public final class DueLots {
  /** A tenant's lots are counted up to here. */
  public static final int MAX_COUNTED = 1_000;

  /**
   * One probe for each tenant; Citus, which cannot do that on all nodes, counts all that is due.
   */
  private static final Forms TENANTS =
      new Forms(
          """
          SELECT id, lots
            FROM (SELECT id, (SELECT count(*)
                                FROM (SELECT 1 FROM lot
                                       WHERE tenant_id = tenant.id AND remaining > 0
                                         AND due_at <= $1
                                       LIMIT $2) AS due) AS lots
                    FROM tenant) AS counted
           WHERE lots > 0
           ORDER BY id
          """,
          """
          SELECT tenant_id AS id, least(count(*), $2) AS lots
            FROM lot WHERE remaining > 0 AND due_at <= $1
           GROUP BY tenant_id ORDER BY tenant_id
          """);

  /**
   * In the order in which they became due. The programme is that of the entry that made a lot. What
   * is beside a lot is looked up by itself: a plan that is made while there is nothing yet, and
   * kept, would join it with all of the tenant's.
   */
  private static final String LOTS =
      """
      SELECT l.id, l.due_at, l.expires_at <= $2 AS expired, a.holder_id, a.asset_id, a.bucket,
             a.sequence,
             (SELECT kind FROM holder WHERE tenant_id = $1 AND id = a.holder_id) AS holder_kind,
             (SELECT t.detail::jsonb ->> 'program_id'
                FROM lot_movement m
               CROSS JOIN LATERAL (
                 SELECT detail FROM transfer
                  WHERE tenant_id = $1 AND id = m.transfer_id AND created_at = l.created_at
                    AND kind NOT IN ('scrip.hold', 'scrip.release', 'scrip.maturity')
                 OFFSET 0) AS t
               WHERE m.tenant_id = $1 AND m.lot_id = coalesce(l.parent_id, l.id) AND m.amount > 0
               LIMIT 1)::uuid AS program_id
        FROM lot l
       CROSS JOIN LATERAL (
         SELECT holder_id, asset_id, bucket, sequence FROM account
          WHERE tenant_id = $1 AND id = l.account_id
         OFFSET 0) AS a
       WHERE l.tenant_id = $1 AND l.remaining > 0 AND l.due_at <= $2 AND (l.due_at, l.id) > ($3, $4)
       ORDER BY l.due_at, l.id
       LIMIT $5
      """;

  private final Statements lists;

  public DueLots(Pools pools) {
    this.lists = pools.inBackground().lists();
  }

  /** A place in the order in which lots become due. */
  public record Place(Instant dueAt, LotId lot) {
    /** Before all. */
    public static final Place FIRST = new Place(Instant.EPOCH, new LotId(new UUID(0, 0)));
  }

  /**
   * A lot that is due.
   *
   * @param account where it is
   * @param holderKind what whoever has it is
   * @param sequence of the account's latest posting
   * @param program the programme that it counts for
   * @param expired whether it has expired, or else matured
   */
  public record Due(
      Place place,
      AccountRef account,
      String holderKind,
      long sequence,
      UUID program,
      boolean expired) {}

  /**
   * Somebody who has lots that are due.
   *
   * @param lots how many, at most {@link #MAX_COUNTED}
   */
  public record Waiting(TenantId tenant, long lots) {}

  /** All who have lots that are due. */
  public Future<List<Waiting>> tenants(Instant now) {
    return lists.all(
        TENANTS,
        row -> new Waiting(new TenantId(row.getInteger("id")), row.getLong("lots")),
        Rows.time(now),
        (long) MAX_COUNTED);
  }

  /** Lots that are due after a place, at most so many. */
  public Future<List<Due>> of(TenantId tenant, Instant now, Place after, int limit) {
    return lists.all(
        LOTS,
        DueLots::due,
        tenant.value(),
        Rows.time(now),
        Rows.time(after.dueAt()),
        after.lot().value(),
        (long) limit);
  }

  private static Due due(Row row) {
    return new Due(
        new Place(Rows.instant(row, "due_at"), new LotId(row.getUUID("id"))),
        AccountRef.of(
            Rows.holder(row),
            new AssetId(row.getUUID("asset_id")),
            Rows.bucket(row),
            AccountKind.LOT),
        row.getString("holder_kind"),
        row.getLong("sequence"),
        row.getUUID("program_id"),
        Boolean.TRUE.equals(row.getBoolean("expired")));
  }
}
