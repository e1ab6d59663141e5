package io.sluice.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Recomputes the books of every tenant from the postings up, and says where they differ from what
 * is stored. It reads one snapshot, so it can run beside live traffic; it takes no locks, but keeps
 * PostgreSQL from vacuuming what has changed since it began.
 */
public final class Verifier {
  /** The most examples that a finding carries; the rest is only counted. */
  public static final int MAX_EXAMPLES = 10;

  /** What one sort or hash of PostgreSQL may use before it goes on on disk. */
  private static final String WORK_MEMORY = "64MB";

  /** 100 million took more than 22 GB of disk at once. */
  private static final long ROWS_A_PART = 20_000_000;

  private static final List<String> TABLES =
      List.of("holder", "asset", "account", "lot", "transfer", "posting", "lot_movement");

  private static final BookCheck[] CHECKS = BookCheck.values();

  private static final String TENANTS = "SELECT id FROM tenant";

  /** Tells the tenants apart too, since a table without foreign keys can name one that is not. */
  private static final String COUNT = "SELECT tenant_id, count(*) FROM %s GROUP BY tenant_id";

  /** Limits that a role or a database may have by default; a long read must not meet them. */
  private static final String LIFT_LIMITS =
      """
      SELECT set_config(name, '0', true) FROM pg_settings
       WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                      'transaction_timeout')
      """;

  private static final String SET_MEMORY =
      "SELECT set_config('work_mem', '" + WORK_MEMORY + "', true), set_config('jit', 'off', true)";

  /**
   * Said before each step.
   *
   * @param step which, from 1 to {@code steps}; 0 of 0 while rows and tenants are being counted
   * @param tenant whose books; 0 while counting
   * @param what is checked in it
   * @param rows how many rows of its largest table it reads
   * @param elapsed since the beginning
   */
  public record Progress(
      int step, int steps, int tenant, String what, long rows, Duration elapsed) {}

  /**
   * An invariant that does not hold.
   *
   * @param tenant whose books; a plain number, since broken books may name any
   * @param violations how often, 1 or more
   * @param examples the first few, at most {@value #MAX_EXAMPLES}, in no particular order
   */
  public record Finding(int tenant, Invariant invariant, long violations, List<String> examples) {
    public Finding {
      examples = List.copyOf(examples);
    }
  }

  /**
   * What a run found.
   *
   * @param rows how many rows were read of each table, all tenants together
   * @param findings empty for whole books
   */
  public record Report(
      int tenants, Map<String, Long> rows, List<Finding> findings, Duration elapsed) {
    public Report {
      rows = Map.copyOf(rows);
      findings = List.copyOf(findings);
    }

    /** Whether every invariant holds. */
    public boolean isWhole() {
      return findings.isEmpty();
    }
  }

  private final Connection connection;
  private final Consumer<Progress> progress;
  private final long rowsAPart;
  private final long start = System.nanoTime();
  private final Map<String, Long> rows = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private Verifier(Connection connection, Consumer<Progress> progress, long rowsAPart) {
    this.connection = connection;
    this.progress = progress;
    this.rowsAPart = rowsAPart;
  }

  /**
   * Verifies the books. Blocks, for minutes when there are many postings: not for an event loop.
   *
   * @throws StoreException when the database cannot be reached or is not migrated
   */
  public static Report run(Database database, Consumer<Progress> progress) {
    return run(database, progress, ROWS_A_PART);
  }

  /**
   * The same.
   *
   * @param rowsAPart how many rows a step that is done in parts takes at a time
   */
  static Report run(Database database, Consumer<Progress> progress, long rowsAPart) {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Report report = new Verifier(connection, progress, rowsAPart).run();
      connection.rollback();
      return report;
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  private Report run() throws SQLException {
    query(LIFT_LIMITS, row -> row.getString(1));
    query(SET_MEMORY, row -> row.getString(1));
    var known = new TreeSet<>(query(TENANTS, row -> row.getInt(1)));
    Map<Integer, Map<String, Long>> sizes = count();
    var named = new TreeSet<>(known);
    named.addAll(sizes.keySet());
    int before = 0;
    for (int tenant : named) {
      if (!known.contains(tenant)) {
        String example = "tenant " + tenant + " is named by transfers, postings or lot movements";
        findings.add(new Finding(tenant, Invariant.TENANT, 1, List.of(example)));
      }
      verify(tenant, sizes.getOrDefault(tenant, Map.of()), before, named.size() * CHECKS.length);
      before += CHECKS.length;
    }
    return new Report(named.size(), rows, findings, elapsed());
  }

  private void verify(int tenant, Map<String, Long> sizes, int before, int steps)
      throws SQLException {
    for (BookCheck check : CHECKS) {
      int step = before + check.ordinal() + 1;
      long size = sizes.getOrDefault(check.table(), 0L);
      progress.accept(new Progress(step, steps, tenant, check.title(), size, elapsed()));
      var found = new EnumMap<Invariant, Finding>(Invariant.class);
      for (String sql : check.statements(tenant, MAX_EXAMPLES, size, rowsAPart)) {
        query(sql, row -> finding(tenant, row))
            .forEach(finding -> found.merge(finding.invariant(), finding, Verifier::both));
      }
      findings.addAll(found.values());
    }
  }

  private static Finding both(Finding one, Finding other) {
    List<String> examples =
        Stream.concat(one.examples().stream(), other.examples().stream())
            .limit(MAX_EXAMPLES)
            .toList();
    return new Finding(
        one.tenant(), one.invariant(), one.violations() + other.violations(), examples);
  }

  /** How many rows each tenant has in each table. */
  private Map<Integer, Map<String, Long>> count() throws SQLException {
    var sizes = new HashMap<Integer, Map<String, Long>>();
    for (String table : TABLES) {
      progress.accept(new Progress(0, 0, 0, "counting " + table + " rows", 0, elapsed()));
      rows.put(table, 0L);
      query(
          COUNT.formatted(table),
          row -> {
            long size = row.getLong(2);
            rows.merge(table, size, Long::sum);
            return sizes.computeIfAbsent(row.getInt(1), id -> new HashMap<>()).put(table, size);
          });
    }
    return sizes;
  }

  private static Finding finding(int tenant, ResultSet row) throws SQLException {
    return new Finding(
        tenant,
        Invariant.valueOf(row.getString("invariant")),
        row.getLong("violations"),
        List.of((String[]) row.getArray("examples").getArray()));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, RowMapper<T> mapper) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      var result = new ArrayList<T>();
      while (row.next()) {
        result.add(mapper.map(row));
      }
      return result;
    }
  }
}
