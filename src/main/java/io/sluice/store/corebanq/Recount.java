package io.sluice.store.corebanq;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** Adds a ledger's entries up again. That costs as much as there are entries. */
public final class Recount {
  /** One statement sees the balance and the postings of one moment. */
  private static final String RECOUNT =
      """
      SELECT a.balance, a.sequence, p.sum, p.count
        FROM account a
       CROSS JOIN (
         SELECT coalesce(sum(amount), 0) AS sum, count(*) AS count FROM posting
          WHERE tenant_id = $1
            AND account = (SELECT number FROM account WHERE tenant_id = $1 AND id = $2)) p
       WHERE a.tenant_id = $1 AND a.id = $2
      """;

  private final Statements lists;

  public Recount(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * What was found.
   *
   * @param balance as it is kept
   * @param sum of all entries
   * @param whole whether the two are one, and no entry is missing
   */
  public record Found(Amount balance, Amount sum, boolean whole) {}

  /** Empty when there is no such account. */
  public Future<Optional<Found>> of(TenantId tenant, AccountId account) {
    return lists.first(RECOUNT, Recount::found, tenant.value(), account.value());
  }

  private static Found found(Row row) {
    Amount balance = Rows.amount(row, "balance");
    Amount sum = Rows.amount(row, "sum");
    boolean complete = row.getLong("sequence").equals(row.getLong("count"));
    return new Found(balance, sum, complete && sum.equals(balance));
  }
}
