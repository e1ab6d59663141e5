package io.sluice.store.orum;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
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
         SELECT id FROM orum_report WHERE tenant_id = $1 ORDER BY id DESC OFFSET $2)
      """;

  private static final String SELECT =
      "SELECT id, scope, subledger, from_at, to_at, created_at FROM orum_report"
          + " WHERE tenant_id = $1";

  private static final String DELETE = "DELETE FROM orum_report WHERE tenant_id = $1 AND id = $2";

  private static final String COUNT_BEFORE = countBefore("$2", "$3", "$4");

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

  /** $1 is the tenant, $2 the account's id, $3 the first moment and $4 the first one after it. */
  private static final String MOVEMENT =
      """
      WITH RECURSIVE own AS MATERIALIZED (
        SELECT number, sequence FROM account WHERE tenant_id = $1 AND id = $2
      ), moments AS MATERIALIZED (
        SELECT (%1$s) AS before, (%2$s) AS last
      )
      SELECT coalesce((%3$s), 0) AS before, coalesce((%4$s), 0) AS after,
             coalesce((SELECT sum(amount) FROM transfer
                        WHERE tenant_id = $1 AND debit_account = (SELECT number FROM own)
                          AND debit_sequence > (SELECT before FROM moments)
                          AND debit_sequence <= (SELECT last FROM moments)), 0) AS debits
      """
          .formatted(
              countBefore("(SELECT number FROM own)", "$3", "(SELECT sequence FROM own)"),
              countBefore("(SELECT number FROM own)", "$4", "(SELECT sequence FROM own)"),
              balance("(SELECT before FROM moments)"),
              balance("(SELECT last FROM moments)"));

  private final Statements lists;

  public ReportStore(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * Of how many of an account's first postings the moment is before another: of those numbers that
   * are left, the one in the middle tells which half is too.
   */
  private static String countBefore(String account, String moment, String postings) {
    return """
    WITH RECURSIVE search (low, high) AS (
      SELECT 0::bigint, (%3$s)::bigint
      UNION ALL
      SELECT CASE WHEN moment < %2$s THEN middle ELSE low END,
             CASE WHEN moment < %2$s THEN high ELSE middle - 1 END
        FROM (SELECT low, high, middle,
                     (SELECT created_at FROM transfer
                       WHERE tenant_id = $1 AND debit_account = %1$s AND debit_sequence = middle
                      UNION ALL
                      SELECT created_at FROM transfer
                       WHERE tenant_id = $1 AND credit_account = %1$s AND credit_sequence = middle
                         AND debit_sequence IS NOT NULL
                      LIMIT 1) AS moment
                FROM (SELECT low, high, (low + high + 1) / 2 AS middle
                        FROM search WHERE low < high) halves) probed)
    SELECT low FROM search WHERE low >= high
    """
        .formatted(account, moment, postings);
  }

  private static String balance(String sequence) {
    return """
    SELECT debit_balance FROM transfer
     WHERE tenant_id = $1 AND debit_account = (SELECT number FROM own)
       AND debit_sequence = %1$s
    UNION ALL
    SELECT credit_balance FROM transfer
     WHERE tenant_id = $1 AND credit_account = (SELECT number FROM own)
       AND credit_sequence = %1$s AND debit_sequence IS NOT NULL
    """
        .formatted(sequence);
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
    return lists.all(SELECT + " ORDER BY id DESC", row -> report(tenant, row), tenant.value());
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
    return lists
        .first(
            COUNT_BEFORE,
            row -> row.getLong("low"),
            tenant.value(),
            stretch.account(),
            Rows.time(moment),
            stretch.last())
        .map(Optional::orElseThrow);
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
   * @param debits the sum of what it paid
   */
  public record Movement(BigInteger before, BigInteger after, BigInteger debits) {}

  /** The two at the same moment. */
  public record Movements(Movement own, Movement system) {}

  /** What came of two accounts in a time, as of one moment of the books. */
  public Future<Movements> movements(
      TenantId tenant, AccountId own, AccountId system, Instant from, Instant to) {
    return lists.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, ONE_MOMENT)
                .compose(done -> movement(connection, tenant, own, from, to))
                .compose(
                    first ->
                        movement(connection, tenant, system, from, to)
                            .map(second -> new Movements(first, second))));
  }

  private static Future<Movement> movement(
      SqlConnection connection, TenantId tenant, AccountId account, Instant from, Instant to) {
    return Statements.on(
            connection, MOVEMENT, tenant.value(), account.value(), Rows.time(from), Rows.time(to))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Movement(
                  Rows.amount(row, "before").units(),
                  Rows.amount(row, "after").units(),
                  Rows.amount(row, "debits").units());
            });
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
