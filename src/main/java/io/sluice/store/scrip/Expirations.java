package io.sluice.store.scrip;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sums of what lots have left, by when they expire. Every live lot of the tenant is looked at. */
public final class Expirations {
  /** What is held does not expire; anything else that has expired counts no more. */
  private static final String SUMS =
      """
      SELECT held.asset_id, sum(examined.remaining) AS amount, count(*) AS lots,
             CASE WHEN examined.expires_at IS NULL THEN 'NEVER'
                  WHEN examined.expires_at < $2 THEN 'BEFORE'
                  WHEN examined.expires_at > $3 THEN 'AFTER'
                  ELSE 'WITHIN' END AS part,
             CASE WHEN examined.expires_at BETWEEN $2 AND $3
                  THEN date_trunc($4, examined.expires_at, 'UTC') END AS start
        FROM lot AS examined
        JOIN account AS held ON held.tenant_id = $1 AND held.id = examined.account_id
        JOIN asset ON asset.tenant_id = $1 AND asset.id = held.asset_id
                  AND asset.kind = 'scrip.asset'
       WHERE examined.tenant_id = $1 AND examined.remaining > 0
         AND (examined.expires_at IS NULL OR examined.expires_at > $5 OR held.bucket = 1)
      """;

  private final Statements lists;

  public Expirations(Pools pools) {
    this.lists = pools.lists();
  }

  /** How long a bucket is, as a calendar in UTC has it; weeks begin on Mondays. */
  public enum Granularity {
    DAY,
    WEEK,
    MONTH
  }

  /** Where a lot's expiry lies, seen from a window of time. */
  public enum Part {
    BEFORE,
    WITHIN,
    AFTER,
    NEVER
  }

  /**
   * Which lots to sum, and how.
   *
   * @param from the window's first moment
   * @param to its last
   * @param now what expired by then counts no more
   * @param program the programme of the transfer that made a lot
   */
  public record Wanted(
      Instant from,
      Instant to,
      Granularity granularity,
      Instant now,
      Optional<AssetId> asset,
      Optional<HolderId> program) {}

  /**
   * The sum of some lots of one asset.
   *
   * @param start of the bucket; there within the window only
   * @param units of the asset's smallest, which may have more digits than an amount
   */
  public record Sum(
      AssetId asset, Part part, Optional<Instant> start, BigInteger units, long lots) {}

  /** The sums, by asset and start. */
  public Future<List<Sum>> sums(TenantId tenant, Wanted wanted) {
    var query =
        new Query(
            SUMS,
            tenant.value(),
            Rows.time(wanted.from()),
            Rows.time(wanted.to()),
            wanted.granularity().name().toLowerCase(Locale.ROOT),
            Rows.time(wanted.now()));
    wanted.asset().ifPresent(id -> query.add("AND held.asset_id = ?", id.value()));
    wanted.program().ifPresent(id -> query.add(Listings.MADE_IN, id.value().toString()));
    query.add("GROUP BY 1, 4, 5 ORDER BY 1, 5");
    return lists.all(query, Expirations::sum);
  }

  private static Sum sum(Row row) {
    return new Sum(
        new AssetId(row.getUUID("asset_id")),
        Part.valueOf(row.getString("part")),
        Rows.optionalInstant(row, "start"),
        row.getNumeric("amount").bigDecimalValue().toBigIntegerExact(),
        row.getLong("lots"));
  }
}
