package io.sluice.store.corebanq;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountEntry;
import io.sluice.store.AccountHistory;
import io.sluice.store.AccountHistory.Range;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Pages of those entries of a ledger that a request chooses. Entries are numbered without gaps, in
 * the order of their times: what is chosen by time is found by its numbers, at the cost of a page.
 */
public final class EntryList {
  /** The most entries that are looked through, or passed over, for one page. */
  public static final int MOST_EXAMINED = 10_000;

  private static final String ACCOUNT =
      "SELECT number, sequence FROM account WHERE tenant_id = $1 AND id = $2";

  /** Cuts the page out of the postings before it looks at their transfers. */
  private static final String PAGE =
      """
      SELECT p.sequence, p.amount, p.balance, t.id, t.kind, t.created_at, t.detail
        FROM (SELECT * FROM
      """;

  private static final String IN_RANGE =
      """
      l WHERE l.tenant_id = $1 AND l.account = $2 AND l.sequence > $3 AND l.sequence <= $4
      """;

  private static final String TRANSFERS =
      ") p JOIN transfer t ON t.tenant_id = $1 AND t.id = p.transfer_id";

  private static final String BOTH_SIDES = "posting";

  /** Every entry has another side and no third, so that these are all that there are. */
  private static final String ONE_SIDE =
      """
      (SELECT tenant_id, %1$s_account AS account, %1$s_sequence AS sequence, id AS transfer_id,
              %2$samount AS amount, %1$s_balance AS balance
         FROM transfer WHERE debit_sequence IS NOT NULL)\
      """;

  private static final String CREDITS = ONE_SIDE.formatted("credit", "");
  private static final String DEBITS = ONE_SIDE.formatted("debit", "-");

  private static final String DESCRIBED =
      """
      AND (SELECT position(?::text in o.detail::json ->> 'description') > 0
             FROM transfer o WHERE o.tenant_id = $1 AND o.id = l.transfer_id)
      """;

  private static final String NUMBERS =
      "SELECT unnest(ARRAY[o.debit_sequence, o.credit_sequence] || o.sequences)";

  private static final String BY_KEY = " FROM transfer o WHERE o.tenant_id = $1 AND o.key = ?";
  private static final String BY_ID =
      " FROM transfer o WHERE o.tenant_id = $1 AND o.id = ? AND o.kind = ANY(?)";

  /**
   * Those of a transaction. No index leads from a transfer to its listed postings, but it has their
   * numbers. They are few, and found before they are put in order.
   */
  private static final String OF_TRANSACTION =
      """
      (SELECT e.* FROM %1$s e
        WHERE e.tenant_id = $1 AND e.account = $2
          AND e.sequence = ANY (ARRAY(%2$s%3$s UNION ALL %2$s%4$s))
          AND e.transfer_id = ANY (ARRAY(SELECT o.id%3$s UNION ALL SELECT o.id%4$s))
       OFFSET 0)\
      """;

  private final Statements lists;
  private final AccountHistory history;

  public EntryList(Pools pools) {
    this.lists = pools.lists();
    this.history = new AccountHistory(pools);
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
   * @param itself the transfer with this id, if it is of a kind that is its own transaction
   * @param kinds these kinds
   */
  public record Transaction(UUID key, UUID itself, List<String> kinds) {}

  /**
   * Which entries to list. All conditions must hold; amounts are in cents, bounds included.
   *
   * @param credits credits or debits only
   * @param description part of it
   */
  public record Filter(
      Optional<Transaction> transaction,
      Optional<Boolean> credits,
      Optional<Long> minAmount,
      Optional<Long> maxAmount,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> description) {
    private static final Filter NONE =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private boolean isOnlyTimes() {
      return credits.isEmpty() && transaction.isEmpty() && isOfAnyLooks();
    }

    private boolean isOfAnyLooks() {
      return Stream.of(minAmount, maxAmount, description).allMatch(Optional::isEmpty);
    }

    /** How many entries have to be looked through, or passed over. */
    private long examined(Range range, Slice<Sort> slice) {
      if (transaction.isPresent()) {
        return 0;
      }
      // Credits, and debits, are in an index of their own in this order.
      return isOfAnyLooks() && slice.sort() == Sort.TIMESTAMP
          ? Math.min(slice.offset(), range.upTo() - range.above())
          : range.upTo() - range.above();
    }
  }

  /**
   * A page; empty when more than {@link #MOST_EXAMINED} entries would have to be looked through for
   * it. The account is the ledger's.
   */
  public Future<Optional<List<AccountEntry>>> find(
      TenantId tenant, AccountId account, Filter filter, Slice<Sort> slice) {
    return range(tenant, account, filter)
        .compose(range -> find(tenant, account, range, filter, slice));
  }

  private Future<Optional<List<AccountEntry>>> find(
      TenantId tenant, AccountId account, Range range, Filter filter, Slice<Sort> slice) {
    if (filter.isOnlyTimes() && slice.sort() == Sort.TIMESTAMP) {
      return read(tenant, account, slice.of(range), filter, slice.without()).map(Optional::of);
    }
    return filter.examined(range, slice) > MOST_EXAMINED
        ? Future.succeededFuture(Optional.empty())
        : read(tenant, account, range, filter, slice).map(Optional::of);
  }

  /** The numbers of the entries that are of the times that are asked for. */
  private Future<Range> range(TenantId tenant, AccountId account, Filter filter) {
    return lists
        .first(
            ACCOUNT,
            row -> new Range(row.getLong("number"), 0, row.getLong("sequence")),
            tenant.value(),
            account.value())
        .map(Optional::orElseThrow)
        .compose(
            whole ->
                last(tenant, whole, filter.until())
                    .compose(
                        last ->
                            filter
                                .since()
                                .map(time -> last(tenant, whole, before(time)))
                                .orElseGet(() -> Future.succeededFuture(0L))
                                .map(above -> new Range(whole.account(), above, last))));
  }

  private static Optional<Instant> before(Instant time) {
    return Optional.of(AccountHistory.before(time));
  }

  private Future<Long> last(TenantId tenant, Range whole, Optional<Instant> moment) {
    return moment
        .map(time -> history.at(tenant, List.of(whole.account()), time))
        .map(found -> found.map(at -> at.getOrDefault(whole.account(), Standing.NONE).sequence()))
        .orElseGet(() -> Future.succeededFuture(whole.upTo()));
  }

  private Future<List<AccountEntry>> read(
      TenantId tenant, AccountId account, Range range, Filter filter, Slice<Sort> slice) {
    String source = filter.credits().map(credits -> credits ? CREDITS : DEBITS).orElse(BOTH_SIDES);
    var query = new Query(PAGE, tenant.value(), range.account(), range.above(), range.upTo());
    filter
        .transaction()
        .ifPresentOrElse(it -> addTransaction(query, source, it), () -> query.add(source));
    query.add(IN_RANGE);
    filter.minAmount().ifPresent(least -> query.add("AND abs(l.amount) >= ?::bigint", least));
    filter.maxAmount().ifPresent(most -> query.add("AND abs(l.amount) <= ?::bigint", most));
    filter.description().ifPresent(part -> query.add(DESCRIBED, part));
    Sort sort = slice.sort();
    slice.page(query.add(slice.order(sort.of("l"), "l.sequence")));
    query.add(TRANSFERS).add(slice.order(sort.of("p"), "p.sequence"));
    return lists.all(query, row -> PgTransferStore.entry(account, row));
  }

  private static void addTransaction(Query query, String source, Transaction it) {
    Object kinds = it.kinds().toArray(String[]::new);
    query.add(
        OF_TRANSACTION.formatted(source, NUMBERS, BY_KEY, BY_ID),
        it.key(),
        it.itself(),
        kinds,
        it.key(),
        it.itself(),
        kinds);
  }

  /** The entry of a ledger with this number; the account is the ledger's. */
  public Future<Optional<AccountEntry>> find(TenantId tenant, AccountId account, long sequence) {
    var one = new Slice<>(Sort.TIMESTAMP, true, 1, 0);
    return range(tenant, account, Filter.NONE)
        .map(whole -> new Range(whole.account(), sequence - 1, sequence))
        .compose(range -> read(tenant, account, range, Filter.NONE, one))
        .map(found -> found.stream().findFirst());
  }
}
