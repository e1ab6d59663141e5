package io.sluice.store.corebanq;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountEntry;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Pages of those entries of a ledger that a request chooses. */
public final class EntryList {
  /** Cuts the page out of the postings before it looks at their transfers. */
  private static final String LIST =
      """
      SELECT p.sequence, p.amount, p.balance, t.id, t.kind, t.created_at, t.detail
        FROM (SELECT * FROM posting l
               WHERE l.tenant_id = $1
                 AND l.account = (SELECT number FROM account WHERE tenant_id = $1 AND id = $2)
                     %s) p
        JOIN transfer t ON t.tenant_id = $1 AND t.id = p.transfer_id
       %s
      """;

  private static final String OF_TRANSFER =
      "(SELECT %s FROM transfer o WHERE o.tenant_id = $1 AND o.id = l.transfer_id)";

  private static final String SINCE = OF_TRANSFER.formatted("o.created_at >= %s");
  private static final String UNTIL = OF_TRANSFER.formatted("o.created_at <= %s");
  private static final String DESCRIBED =
      OF_TRANSFER.formatted("position(%s::text in o.detail::json ->> 'description') > 0");

  private static final String OF_TRANSACTION =
      """
      l.transfer_id = ANY (ARRAY(
        SELECT o.id FROM transfer o WHERE o.tenant_id = $1 AND o.key = %s
        UNION ALL
        SELECT o.id FROM transfer o WHERE o.tenant_id = $1 AND o.id = %s AND o.kind = %s))\
      """;

  private final Statements lists;

  public EntryList(Pools pools) {
    this.lists = pools.lists();
  }

  /** What a list is ordered by; entries that do not differ in it are in the order of posting. */
  public enum Sort {
    /** No entry of a ledger is earlier than the one before it. */
    TIMESTAMP("sequence"),
    AMOUNT("abs(%s.amount)");

    private final String sql;

    Sort(String sql) {
      this.sql = sql;
    }

    private String of(String row) {
      return this == TIMESTAMP ? row + "." + sql : sql.formatted(row);
    }
  }

  /**
   * A transaction by its names in the books.
   *
   * @param key the digest of its key
   * @param itself the transfer with this id, if it is of the kind that is its own transaction
   */
  public record Transaction(UUID key, UUID itself, String kind) {}

  /**
   * Which entries to list. All conditions must hold; amounts are in cents, bounds included.
   *
   * @param credits credits or debits only
   * @param description part of it
   */
  public record Query(
      Optional<Transaction> transaction,
      Optional<Boolean> credits,
      Optional<Long> minAmount,
      Optional<Long> maxAmount,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> description) {
    /** Whether it lets every entry through. */
    public boolean isOpen() {
      return Stream.of(transaction, credits, minAmount, maxAmount, since, until, description)
          .allMatch(Optional::isEmpty);
    }
  }

  /** The account is the ledger's. */
  public Future<List<AccountEntry>> find(
      TenantId tenant, AccountId account, Query query, Slice<Sort> slice) {
    var conditions = new Conditions(tenant.value(), account.value());
    query.transaction().ifPresent(asked -> conditions.and(transaction(conditions, asked), true));
    conditions
        .and("(l.amount > 0) = %s", query.credits())
        .and("abs(l.amount) >= %s::bigint", query.minAmount())
        .and("abs(l.amount) <= %s::bigint", query.maxAmount())
        .and(SINCE, query.since().map(Rows::time))
        .and(UNTIL, query.until().map(Rows::time))
        .and(DESCRIBED, query.description());
    Sort sort = slice.sort();
    String page = conditions.text() + slice.order(sort.of("l"), "l.sequence");
    String sql =
        LIST.formatted(page + slice.page(conditions), slice.order(sort.of("p"), "p.sequence"));
    return lists.all(sql, row -> PgTransferStore.entry(account, row), conditions.parameters());
  }

  /** The entry of a ledger with this number; the account is the ledger's. */
  public Future<Optional<AccountEntry>> find(TenantId tenant, AccountId account, long sequence) {
    return lists.first(
        LIST.formatted("AND l.sequence = $3", ""),
        row -> PgTransferStore.entry(account, row),
        tenant.value(),
        account.value(),
        sequence);
  }

  private static String transaction(Conditions conditions, Transaction asked) {
    return OF_TRANSACTION.formatted(
        conditions.bind(asked.key()),
        conditions.bind(asked.itself()),
        conditions.bind(asked.kind()));
  }
}
