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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Pages of the ledgers that a request chooses. Of each type, status, and place in the tree there is
 * an index in the order of creation, so a page in that order is put together of what each could
 * bring to it; any other order is made of all that are chosen, if they are few.
 */
public final class LedgerList {
  /** The most ledgers that are put into an order, or passed over by a filter, for one page. */
  public static final int MOST_EXAMINED = 10_000;

  private static final List<String> TYPES =
      List.of("asset", "equity", "expense", "income", "liability");

  /** The kind is no parameter, so that the indexes of ledgers alone serve. */
  private static final String LEDGERS =
      "SELECT h.id, h.created_at FROM holder h WHERE h.tenant_id = $1"
          + " AND h.kind = 'corebanq.ledger'";

  private static final String SHOWN = " AND h.status <> " + HolderStatus.OPENING.code();

  private static final String IS_SUBLEDGER =
      "(CASE WHEN h.detail::json ->> 'parent' IS NULL THEN 0 ELSE 1 END)";

  private static final String CURRENCY = "(h.detail::json ->> 'currency_code')";

  private static final String CURRENCY_OF =
      "(SELECT p.detail::json ->> 'currency_code' FROM holder p"
          + " WHERE p.tenant_id = $1 AND p.id = ?)";

  private final Statements lists;

  public LedgerList(Pools pools) {
    this.lists = pools.lists();
  }

  /** What a list is ordered by; ledgers that do not differ in it are in the order of their ids. */
  public enum Sort {
    CREATED_AT("l.created_at"),
    /** In the database's order of texts. */
    CODE("h.reference"),
    BALANCE_CURRENT(
        "(SELECT a.balance FROM account a WHERE a.tenant_id = $1 AND a.holder_id = l.id)");

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
    private boolean isOpen() {
      return !onlySubledgers
          && !excludeSubledgers
          && Stream.of(code, type, currencyCode, active, parent).allMatch(Optional::isEmpty);
    }

    private List<String> types() {
      return type.map(List::of).orElse(TYPES);
    }

    private List<HolderStatus> statuses() {
      return Stream.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.CLOSED)
          .filter(one -> active.isEmpty() || active.get() == (one == HolderStatus.ACTIVE))
          .toList();
    }

    /** 1 for subledgers, 0 for others; none where a request excludes both. */
    private List<Integer> levels() {
      return Stream.of(0, 1)
          .filter(level -> level == 1 || !onlySubledgers && parent.isEmpty())
          .filter(level -> level == 0 || !excludeSubledgers)
          .toList();
    }
  }

  /**
   * A page; empty when more than {@link #MOST_EXAMINED} ledgers would have to be looked at for it.
   * Ledgers that are still being set up are left out.
   */
  public Future<Optional<List<HolderId>>> find(TenantId tenant, Filter filter, Slice<Sort> slice) {
    if (filter.levels().isEmpty()) {
      return Future.succeededFuture(Optional.of(List.of()));
    }
    if (filter.isOpen() && slice.sort() != Sort.BALANCE_CURRENT) {
      return all(tenant, slice).map(Optional::of);
    }
    return slice.sort() == Sort.CREATED_AT
        ? byCreation(tenant, filter, slice)
        : byAnything(tenant, filter, slice);
  }

  /** Along the index of creation, or that of codes. */
  private Future<List<HolderId>> all(TenantId tenant, Slice<Sort> slice) {
    String column = slice.sort() == Sort.CODE ? "h.reference" : "h.created_at";
    var query = new Query(LEDGERS + SHOWN, tenant.value());
    return read(slice.page(query.add(slice.order(column, "h.id"))));
  }

  private Future<Optional<List<HolderId>>> byCreation(
      TenantId tenant, Filter filter, Slice<Sort> slice) {
    if (slice.offset() > MOST_EXAMINED) {
      return Future.succeededFuture(Optional.empty());
    }
    long enough = (long) slice.offset() + slice.limit();
    var query = new Query("SELECT l.id FROM (", tenant.value());
    streams(
        query, filter, each -> each.add(slice.order("h.created_at", "h.id") + " LIMIT ?", enough));
    query.add(") l " + slice.order("l.created_at", "l.id"));
    return read(slice.page(query)).map(Optional::of);
  }

  private Future<Optional<List<HolderId>>> byAnything(
      TenantId tenant, Filter filter, Slice<Sort> slice) {
    var count = new Query("SELECT count(*) AS found FROM (SELECT FROM (", tenant.value());
    streams(count, filter, each -> {});
    count.add(") l LIMIT ?) few", (long) MOST_EXAMINED + 1);
    var query = new Query("SELECT l.id FROM (SELECT id, created_at FROM (", tenant.value());
    streams(query, filter, each -> {});
    // Put together first: PostgreSQL may else go through a whole stream for each of its ledgers.
    query.add(") streams OFFSET 0) l JOIN holder h ON h.tenant_id = $1 AND h.id = l.id");
    slice.page(query.add(slice.order(slice.sort().sql, "l.id")));
    return lists
        .all(count, row -> row.getLong("found"))
        .compose(
            found ->
                found.getFirst() > MOST_EXAMINED
                    ? Future.succeededFuture(Optional.empty())
                    : read(query).map(Optional::of));
  }

  private Future<List<HolderId>> read(Query query) {
    return lists.all(query, row -> new HolderId(row.getUUID("id")));
  }

  /**
   * Adds one stream for each index.
   *
   * @param cut adds what cuts a stream to what is wanted of it
   */
  private static void streams(Query query, Filter filter, Consumer<Query> cut) {
    String between = "(";
    for (String type : filter.types()) {
      for (int level : filter.levels()) {
        for (HolderStatus status : filter.statuses()) {
          query.add(between + LEDGERS);
          query.add("AND h.detail::json ->> 'type' = '" + type + "'");
          query.add("AND " + IS_SUBLEDGER + " = " + level + " AND h.status = " + status.code());
          cut.accept(conditions(query, filter));
          query.add(")");
          between = "UNION ALL (";
        }
      }
    }
  }

  /** A child is in its parent's currency, so that both are in one index. */
  private static Query conditions(Query query, Filter filter) {
    filter.code().ifPresent(code -> query.add("AND h.reference = ?", code));
    filter.currencyCode().ifPresent(code -> query.add("AND " + CURRENCY + " = ?", code));
    filter
        .parent()
        .ifPresent(
            parent ->
                query.add(
                    "AND h.detail::json ->> 'parent' = ? AND " + CURRENCY + " = " + CURRENCY_OF,
                    parent.toString(),
                    parent));
    return query;
  }
}
