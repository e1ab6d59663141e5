package io.sluice.store.orum;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.orum.Report.Line;
import io.sluice.store.orum.Report.Stretch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reports in PostgreSQL, and the lines of the books that they tell of. */
public final class ReportStore {
  /** How many of a tenant's reports are kept; older ones go. */
  public static final int MAX_KEPT = 100;

  /** How many lines are read at once, and how much of what clients wrote there may be in them. */
  private static final int PAGE_LINES = 500;

  private static final int PAGE_BYTES = 512 * 1024;

  private static final int PAGE_STRETCHES = 500;

  private static final String INSERT =
      """
      INSERT INTO orum_report (tenant_id, id, scope, subledger, from_at, to_at, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  /** What has not moved since the report's time has nothing to tell. */
  private static final String INSERT_ACCOUNTS =
      """
      INSERT INTO orum_report_account (tenant_id, report_id, account, sequence)
      SELECT $1, $2, a.number, a.sequence
        FROM account a
       WHERE a.tenant_id = $1 AND a.sequence > 0 AND a.updated_at >= $3 AND
      """;

  private static final String ONE = " a.id = $4";

  private static final String ALL =
      " (a.id = $4 OR a.holder_id IN (SELECT id FROM orum_subledger WHERE tenant_id = $1))";

  private static final String FORGET =
      """
      DELETE FROM orum_report
       WHERE tenant_id = $1 AND id IN (
         SELECT id FROM orum_report WHERE tenant_id = $1
          ORDER BY created_at DESC, id DESC OFFSET $2)
      """;

  private static final String SELECT =
      "SELECT id, scope, subledger, from_at, to_at, created_at FROM orum_report"
          + " WHERE tenant_id = $1";

  private static final String DELETE = "DELETE FROM orum_report WHERE tenant_id = $1 AND id = $2";

  private static final String STRETCHES =
      "SELECT account, sequence FROM orum_report_account"
          + " WHERE tenant_id = $1 AND report_id = $2 AND account > $3 ORDER BY account LIMIT $4";

  /** A page ends where it is full of lines, or of what clients wrote; it has one line at least. */
  private static final String LINES =
      """
      SELECT id, kind, detail, created_at, sequence, debit, amount, balance
        FROM (SELECT *, sum(octet_length(detail)) OVER (ORDER BY sequence) AS bytes,
                     row_number() OVER (ORDER BY sequence) AS place
                FROM (%s UNION ALL %s) sides) page
       WHERE place = 1 OR (place <= $5 AND bytes <= $6)
       ORDER BY sequence
      """
          .formatted(side("debit", true), side("credit", false));

  private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  private static final String NUMBER =
      "SELECT number FROM account WHERE tenant_id = $1 AND id = $2";

  private static final String DEBITS =
      """
      SELECT coalesce(sum(amount), 0) AS debits
        FROM transfer
       WHERE tenant_id = $1 AND debit_account = $2 AND debit_sequence > $3 AND debit_sequence <= $4
      """;

  private final Statements lists;
  private final AccountHistory history;

  public ReportStore(Pools pools) {
    this.lists = pools.lists();
    this.history = new AccountHistory(pools);
  }

  private static String side(String side, boolean debit) {
    return """
    (SELECT id, kind, detail, created_at, %1$s_sequence AS sequence, %2$s AS debit, amount,
            %1$s_balance AS balance
       FROM transfer
      WHERE tenant_id = $1 AND %1$s_account = $2 AND %1$s_sequence > $3 AND %1$s_sequence <= $4
        AND debit_sequence IS NOT NULL
      ORDER BY %1$s_sequence LIMIT $5)
    """
        .formatted(side, debit);
  }

  /**
   * Stores a report and how far the accounts have come by now.
   *
   * @param account the one that it is about, or the enterprise's where it is about all
   */
  public Future<Void> insert(Report report, AccountId account) {
    Object tenant = report.tenant().value();
    String accounts = INSERT_ACCOUNTS + (report.scope() == Report.Scope.TOTAL ? ALL : ONE);
    return lists.inTransaction(
        report.tenant(),
        connection ->
            Statements.on(
                    connection,
                    INSERT,
                    tenant,
                    report.id(),
                    report.scope().code(),
                    report.subledger().orElse(null),
                    Rows.time(report.from()),
                    Rows.time(report.to()),
                    Rows.time(report.createdAt()))
                .compose(
                    done ->
                        Statements.on(
                            connection,
                            accounts,
                            tenant,
                            report.id(),
                            Rows.time(report.from()),
                            account.value()))
                .compose(done -> Statements.on(connection, FORGET, tenant, (long) MAX_KEPT))
                .mapEmpty());
  }

  public Future<Optional<Report>> find(TenantId tenant, UUID id) {
    return lists.first(SELECT + " AND id = $2", row -> report(tenant, row), tenant.value(), id);
  }

  /** All that are kept, newest first. */
  public Future<List<Report>> list(TenantId tenant) {
    return lists.all(
        SELECT + " ORDER BY created_at DESC, id DESC", row -> report(tenant, row), tenant.value());
  }

  /** False when there is none. */
  public Future<Boolean> delete(TenantId tenant, UUID id) {
    return lists.run(DELETE, tenant.value(), id).map(rows -> rows.rowCount() > 0);
  }

  /** Some of the accounts of a report, with all that it may tell of them. */
  public Future<List<Stretch>> stretches(Report report, long afterAccount) {
    return lists.all(
        STRETCHES,
        row -> new Stretch(row.getLong("account"), 0, row.getLong("sequence")),
        report.tenant().value(),
        report.id(),
        afterAccount,
        (long) PAGE_STRETCHES);
  }

  /** How many of the postings of a stretch, which begins with the first, are before a moment. */
  public Future<Long> countBefore(TenantId tenant, Stretch stretch, Instant moment) {
    return history
        .at(tenant, List.of(stretch.account()), AccountHistory.before(moment))
        .map(found -> Math.min(stretch.last(), standing(found, stretch.account()).sequence()));
  }

  private static Standing standing(Map<Long, Standing> found, long account) {
    return found.getOrDefault(account, Standing.NONE);
  }

  /** The first lines of a stretch, as many as one piece of an answer may hold. */
  public Future<List<Line>> lines(TenantId tenant, Stretch stretch) {
    return lists.all(
        LINES,
        ReportStore::line,
        tenant.value(),
        stretch.account(),
        stretch.after(),
        stretch.last(),
        (long) PAGE_LINES,
        (long) PAGE_BYTES);
  }

  /**
   * What came of an account in a time.
   *
   * @param debits the sum of what it paid; zero where nobody asked
   */
  public record Movement(BigInteger before, BigInteger after, BigInteger debits) {
    private static final Movement NONE =
        new Movement(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /** The two at the same moment. */
  public record Movements(Movement own, Movement system) {}

  /** How an account stood at the beginning and at the end of a time. */
  private record Ends(long account, Standing before, Standing after) {
    private Movement with(BigInteger debits) {
      return new Movement(before.balance().units(), after.balance().units(), debits);
    }
  }

  /**
   * What came of accounts in a time, as of one moment of the books.
   *
   * @param own of which the debits are asked, too, which costs what it has paid in that time; empty
   *     where nobody asks for one
   * @param system of which only the balances are
   */
  public Future<Movements> movements(
      TenantId tenant, Optional<AccountId> own, AccountId system, Instant from, Instant to) {
    return lists.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, ONE_MOMENT)
                .compose(done -> ends(connection, tenant, own, from, to))
                .compose(ends -> withDebits(connection, tenant, ends))
                .compose(
                    first ->
                        ends(connection, tenant, Optional.of(system), from, to)
                            .map(
                                ends ->
                                    new Movements(
                                        first,
                                        ends.map(both -> both.with(BigInteger.ZERO))
                                            .orElse(Movement.NONE)))));
  }

  /** Empty where there is no such account. */
  private static Future<Optional<Ends>> ends(
      SqlConnection connection,
      TenantId tenant,
      Optional<AccountId> account,
      Instant from,
      Instant to) {
    if (account.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return Statements.on(connection, NUMBER, tenant.value(), account.get().value())
        .map(rows -> Rows.first(rows, row -> row.getLong("number")))
        .compose(
            number ->
                number.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : ends(connection, tenant, number.get(), from, to).map(Optional::of));
  }

  private static Future<Ends> ends(
      SqlConnection connection, TenantId tenant, long account, Instant from, Instant to) {
    return standing(connection, tenant, account, from)
        .compose(
            before ->
                standing(connection, tenant, account, to)
                    .map(after -> new Ends(account, before, after)));
  }

  private static Future<Standing> standing(
      SqlConnection connection, TenantId tenant, long account, Instant moment) {
    return AccountHistory.at(connection, tenant, List.of(account), AccountHistory.before(moment))
        .map(found -> standing(found, account));
  }

  private static Future<Movement> withDebits(
      SqlConnection connection, TenantId tenant, Optional<Ends> ends) {
    if (ends.isEmpty()) {
      return Future.succeededFuture(Movement.NONE);
    }
    Ends both = ends.get();
    return Statements.on(
            connection,
            DEBITS,
            tenant.value(),
            both.account(),
            both.before().sequence(),
            both.after().sequence())
        .map(rows -> both.with(Rows.amount(rows.iterator().next(), "debits").units()));
  }

  private static Report report(TenantId tenant, Row row) {
    return new Report(
        tenant,
        row.getUUID("id"),
        Report.Scope.ofCode(row.getShort("scope")),
        Optional.ofNullable(row.getString("subledger")),
        Rows.instant(row, "from_at"),
        Rows.instant(row, "to_at"),
        Rows.instant(row, "created_at"));
  }

  private static Line line(Row row) {
    return new Line(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("detail"),
        Rows.instant(row, "created_at"),
        row.getLong("sequence"),
        row.getBoolean("debit"),
        Rows.amount(row, "amount").units(),
        Rows.amount(row, "balance").units());
  }
}
