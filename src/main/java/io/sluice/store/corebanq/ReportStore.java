package io.sluice.store.corebanq;

import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory.Range;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/** What reports are about, and what an account's postings come to. */
public final class ReportStore {
  /** Ordered once there are no more than a report has room for. */
  private static final String ACCOUNTS =
      """
      SELECT * FROM (
      SELECT a.number, a.holder_id, h.kind, h.reference, h.detail, x.reference AS currency,
             h.created_at
        FROM holder h
        JOIN account a ON a.tenant_id = $1 AND a.holder_id = h.id
        JOIN asset x ON x.tenant_id = $1 AND x.id = a.asset_id
       WHERE h.tenant_id = $1 AND h.kind = ANY($2)
      """;

  private static final String TURNOVER =
      """
      SELECT coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS debits,
             coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS credits
        FROM posting
       WHERE tenant_id = $1 AND account = $2 AND sequence > $3 AND sequence <= $4
      """;

  private final Statements lists;

  public ReportStore(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * An account in a report.
   *
   * @param number its short name in the record of what moved
   * @param kind of its holder
   * @param code of its holder
   * @param detail of its holder
   */
  public record Line(
      long number, HolderId holder, String kind, String code, String detail, String currency) {}

  /**
   * What postings come to.
   *
   * @param debits without their sign
   */
  public record Turnover(Amount debits, Amount credits) {}

  /**
   * The accounts of a tenant's holders of some kinds, in the order of their holders' creation.
   *
   * @param currency the reference of their asset
   */
  public Future<List<Line>> accounts(
      TenantId tenant, List<String> kinds, Optional<String> currency, int limit) {
    var query = new Query(ACCOUNTS, tenant.value(), kinds.toArray(String[]::new));
    currency.ifPresent(code -> query.add("AND x.reference = ?", code));
    query.add("LIMIT ?) found ORDER BY created_at, holder_id", (long) limit);
    return lists.all(query, ReportStore::line);
  }

  /** The sums of an account's postings; this costs as much as there are in the range. */
  public Future<Turnover> turnover(TenantId tenant, Range range) {
    return lists
        .first(
            TURNOVER,
            row -> new Turnover(Rows.amount(row, "debits"), Rows.amount(row, "credits")),
            tenant.value(),
            range.account(),
            range.above(),
            range.upTo())
        .map(Optional::orElseThrow);
  }

  private static Line line(Row row) {
    return new Line(
        row.getLong("number"),
        Rows.holder(row),
        row.getString("kind"),
        row.getString("reference"),
        row.getString("detail"),
        row.getString("currency"));
  }
}
