package io.sluice.store.corebanq;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Pages of the ledgers that a request chooses. */
public final class LedgerList {
  private static final String IS_SUBLEDGER = "h.detail::json ->> 'parent' IS NOT NULL";

  private final Statements lists;

  public LedgerList(Pools pools) {
    this.lists = pools.lists();
  }

  /** What a list is ordered by; ledgers that do not differ in it are in the order of creation. */
  public enum Sort {
    /** Ids are in the order of creation. */
    CREATED_AT("h.id"),
    /** In the database's order of texts. */
    CODE("h.reference"),
    BALANCE_CURRENT(
        "(SELECT a.balance FROM account a WHERE a.tenant_id = $1 AND a.holder_id = h.id)");

    private final String sql;

    Sort(String sql) {
      this.sql = sql;
    }
  }

  /**
   * Which ledgers to list. All conditions must hold.
   *
   * @param onlySubledgers with a parent only
   * @param excludeSubledgers without a parent only
   */
  public record Query(
      Optional<String> code,
      Optional<String> type,
      Optional<String> currencyCode,
      Optional<Boolean> active,
      Optional<UUID> parent,
      boolean onlySubledgers,
      boolean excludeSubledgers) {
    /** Whether it lets every ledger through. */
    public boolean isOpen() {
      return !onlySubledgers
          && !excludeSubledgers
          && Stream.of(code, type, currencyCode, active, parent).allMatch(Optional::isEmpty);
    }
  }

  /** Ledgers that are still being set up are left out. */
  public Future<List<HolderId>> find(TenantId tenant, String kind, Query query, Slice<Sort> slice) {
    var conditions = new Conditions(tenant.value(), kind, HolderStatus.OPENING.code());
    conditions
        .and("h.reference = %s", query.code())
        .and("h.detail::json ->> 'type' = %s", query.type())
        .and("h.detail::json ->> 'currency_code' = %s", query.currencyCode())
        .and("(h.status = " + HolderStatus.ACTIVE.code() + ") = %s", query.active())
        .and(
            "h.id IN (SELECT ledger_id FROM corebanq_child WHERE tenant_id = $1 AND parent_id ="
                + " %s)",
            query.parent())
        .and(IS_SUBLEDGER, query.onlySubledgers())
        .and("NOT (" + IS_SUBLEDGER + ")", query.excludeSubledgers());
    String sql =
        "SELECT h.id FROM holder h WHERE h.tenant_id = $1 AND h.kind = $2 AND h.status <> $3"
            + conditions.text()
            + slice.order(slice.sort().sql, "h.id")
            + slice.page(conditions);
    return lists.all(sql, row -> new HolderId(row.getUUID("id")), conditions.parameters());
  }
}
