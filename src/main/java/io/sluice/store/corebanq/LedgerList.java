package io.sluice.store.corebanq;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Pages of the ledgers that a request chooses. */
public final class LedgerList {
  private static final String KIND =
      "SELECT h.id FROM holder h WHERE h.tenant_id = $1 AND h.kind = $2 AND h.status <> $3";

  private static final int ACTIVE = HolderStatus.ACTIVE.code();
  private static final String IS_SUBLEDGER = "h.detail::json ->> 'parent' IS NOT NULL";

  private static final String CHILD =
      "AND h.id IN (SELECT ledger_id FROM corebanq_child WHERE tenant_id = $1 AND parent_id = ?)";

  private final Statements lists;

  public LedgerList(Pools pools) {
    this.lists = pools.lists();
  }

  /** What a list is ordered by; ledgers that do not differ in it are in the order of creation. */
  public enum Sort {
    CREATED_AT("h.created_at"),
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
  public record Filter(
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
  public Future<List<HolderId>> find(
      TenantId tenant, String kind, Filter filter, Slice<Sort> slice) {
    var query = new Query(KIND, tenant.value(), kind, HolderStatus.OPENING.code());
    filter.code().ifPresent(code -> query.add("AND h.reference = ?", code));
    filter.type().ifPresent(type -> query.add("AND h.detail::json ->> 'type' = ?", type));
    filter
        .currencyCode()
        .ifPresent(code -> query.add("AND h.detail::json ->> 'currency_code' = ?", code));
    filter.active().ifPresent(active -> query.add("AND (h.status = " + ACTIVE + ") = ?", active));
    filter.parent().ifPresent(parent -> query.add(CHILD, parent));
    if (filter.onlySubledgers()) {
      query.add("AND " + IS_SUBLEDGER);
    }
    if (filter.excludeSubledgers()) {
      query.add("AND NOT (" + IS_SUBLEDGER + ")");
    }
    slice.page(query.add(slice.order(slice.sort().sql, "h.id")));
    return lists.all(query, row -> new HolderId(row.getUUID("id")));
  }
}
