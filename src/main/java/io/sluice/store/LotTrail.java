package io.sluice.store;

import io.sluice.ledger.Amount;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has left a lot, found along the postings of the account that it was on: an index of what
 * leaves lots would be paid for by every transfer of lots, and be read by operators only.
 */
public final class LotTrail {
  /** The most postings that are looked at for one page. */
  public static final int MOST_EXAMINED = 2_000;

  /** The account's posting with which the lot came there first; a lot seldom comes again. */
  private static final String CAME =
      """
      SELECT coalesce(min(CASE $4::bigint
                            WHEN t.credit_account THEN t.credit_sequence
                            WHEN t.debit_account THEN t.debit_sequence
                            ELSE t.sequences[array_position(t.accounts, $4::bigint)] END), 1) AS came
        FROM lot_movement m
        JOIN transfer t ON t.tenant_id = $1 AND t.id = m.transfer_id
       WHERE m.tenant_id = $1 AND m.lot_id = $2 AND m.account_id = $3 AND m.amount > 0
      """;

  private static final String LEFT =
      """
      SELECT p.sequence, m.amount, t.id, t.kind, t.created_at
        FROM (SELECT sequence, transfer_id FROM posting
               WHERE tenant_id = $1 AND account = $4 AND sequence > $5 AND sequence <= $6) p
        JOIN lot_movement m
          ON m.tenant_id = $1 AND m.transfer_id = p.transfer_id AND m.lot_id = $2
             AND m.account_id = $3 AND m.amount < 0
        JOIN transfer t ON t.tenant_id = $1 AND t.id = p.transfer_id
       ORDER BY p.sequence
       LIMIT $7
      """;

  private final Statements lists;

  public LotTrail(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * That a transfer took of a lot, or took it away.
   *
   * @param sequence of the posting on the lot's account
   * @param amount more than zero
   */
  public record Departure(
      TransferId transfer, String kind, long sequence, Amount amount, Instant at) {
    private static Departure of(Row row) {
      return new Departure(
          new TransferId(row.getUUID("id")),
          row.getString("kind"),
          row.getLong("sequence"),
          Rows.amount(row, "amount").negated(),
          Rows.instant(row, "created_at"));
    }
  }

  /**
   * Some of what has left.
   *
   * @param next the sequence behind which there may be more
   */
  public record Page(List<Departure> departures, Optional<Long> next) {}

  /**
   * What has left a lot while it was on an account, oldest first. A page may be short, or empty,
   * and there be more: so many postings of the account are about other lots.
   *
   * @param after the sequence of the last posting that was looked at before
   */
  public Future<Page> departures(
      TenantId tenant,
      LotId lot,
      Inspection.AccountState account,
      Optional<Long> after,
      int limit) {
    return after
        .map(Future::succeededFuture)
        .orElseGet(() -> came(tenant, lot, account).map(came -> came - 1))
        .compose(from -> departures(tenant, lot, account, from, limit));
  }

  private Future<Long> came(TenantId tenant, LotId lot, Inspection.AccountState account) {
    return lists
        .first(
            CAME,
            row -> row.getLong("came"),
            tenant.value(),
            lot.value(),
            account.account().id().value(),
            account.number())
        .map(Optional::orElseThrow);
  }

  private Future<Page> departures(
      TenantId tenant, LotId lot, Inspection.AccountState account, long from, int limit) {
    long upTo = Math.min(account.sequence(), from + MOST_EXAMINED);
    return lists
        .all(
            LEFT,
            Departure::of,
            tenant.value(),
            lot.value(),
            account.account().id().value(),
            account.number(),
            from,
            upTo,
            (long) limit)
        .map(
            found -> {
              long seen = found.size() == limit ? found.getLast().sequence() : upTo;
              boolean isAll = seen >= account.sequence();
              return new Page(found, isAll ? Optional.empty() : Optional.of(seen));
            });
  }
}
