package io.sluice.store;

import io.sluice.config.VerifySettings;
import io.sluice.store.VerifierStep.Division;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  /** 100 million took more than 22 GB of disk at once. */
  private static final long ROWS_A_PART = 20_000_000;

  /** Fewer than that are read sooner than two sessions have shared them. */
  private static final long ROWS_A_SESSION = 200_000;

  private static final List<String> TABLES =
      List.of("holder", "asset", "account", "lot", "transfer", "posting", "lot_movement");

  private static final String TENANTS = "SELECT id FROM tenant";

  /** Tells the tenants apart too, since a table without foreign keys can name one that is not. */
  private static final String COUNT = "SELECT tenant_id, count(*) FROM %s GROUP BY tenant_id";

  /**
   * Said before each step, by one thread at a time.
   *
   * @param step which, from 1 to {@code steps}; 0 of 0 while rows and tenants are being counted
   * @param tenant whose books; 0 while counting
   * @param what is checked in it
   * @param rows how many rows of its largest table it reads
   * @param elapsed since the beginning
   * @param permille how much of the work is done, from 0 to 1000, by what the steps cost in general
   * @param left how long the rest may take, once there is something to tell it by
   */
  public record Progress(
      int step,
      int steps,
      int tenant,
      String what,
      long rows,
      Duration elapsed,
      int permille,
      Optional<Duration> left) {}

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

  /**
   * Where a finding belongs.
   *
   * @param check its place among the checks; {@link #BEFORE_CHECKS} for what no check finds
   */
  private record Place(int tenant, int check, Invariant invariant) {
    static final int BEFORE_CHECKS = -1;
    static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::tenant)
            .thenComparingInt(Place::check)
            .thenComparing(Place::invariant);
  }

  /** How many rows of a table belong to a tenant. */
  private record Size(int tenant, long rows) {}

  private final SnapshotSessions sessions;
  private final VerifierProgress progress;
  private final Map<String, Long> rows = new HashMap<>();

  private Verifier(SnapshotSessions sessions, VerifierProgress progress) {
    this.sessions = sessions;
    this.progress = progress;
  }

  /**
   * Verifies the books, in as many sessions as suit this machine. Blocks, for minutes when there
   * are many postings: not for an event loop.
   *
   * @throws StoreException when the database cannot be reached or is not migrated
   */
  public static Report run(Database database, Consumer<Progress> progress) {
    return run(database, VerifySettings.SECTION.defaults().sessions(), progress);
  }

  /**
   * The same.
   *
   * @param sessions how many connections share the work, 1 or more
   */
  public static Report run(Database database, int sessions, Consumer<Progress> progress) {
    return run(database, new Division(sessions, ROWS_A_PART, ROWS_A_SESSION), progress);
  }

  /** The same. */
  static Report run(Database database, Division division, Consumer<Progress> progress) {
    try (var sessions = SnapshotSessions.open(database, division.sessions())) {
      return new Verifier(sessions, new VerifierProgress(progress)).run(division);
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  private Report run(Division division) throws SQLException {
    Set<Integer> known = Set.copyOf(only(session -> session.query(TENANTS, row -> row.getInt(1))));
    Map<Integer, Map<String, Long>> sizes = count();
    var named = new TreeSet<>(known);
    named.addAll(sizes.keySet());
    var steps = new ArrayList<VerifierStep>();
    for (int tenant : named) {
      steps.addAll(VerifierStep.of(tenant, sizes.getOrDefault(tenant, Map.of()), division));
    }
    progress.expect(steps);
    List<List<Finding>> found = sessions.read(steps.stream().map(this::reading).toList());
    return new Report(named.size(), rows, findings(known, steps, found), progress.elapsed());
  }

  private <T> T only(SnapshotSessions.Reading<T> reading) throws SQLException {
    return sessions.read(List.of(reading)).getFirst();
  }

  private SnapshotSessions.Reading<List<Finding>> reading(VerifierStep step) {
    return session -> {
      progress.begin(step);
      List<Finding> found = session.query(step.sql(), row -> finding(step.tenant(), row));
      progress.end(step);
      return found;
    };
  }

  /**
   * In the order of tenants and checks; what the parts of a check found is one finding.
   *
   * @param known the tenants that there are
   * @param found by each step
   */
  private static List<Finding> findings(
      Set<Integer> known, List<VerifierStep> steps, List<List<Finding>> found) {
    var all = new TreeMap<Place, Finding>(Place.ORDER);
    for (int i = 0; i < steps.size(); i++) {
      int tenant = steps.get(i).tenant();
      if (!known.contains(tenant)) {
        all.putIfAbsent(new Place(tenant, Place.BEFORE_CHECKS, Invariant.TENANT), unknown(tenant));
      }
      int check = steps.get(i).check().ordinal();
      for (Finding finding : found.get(i)) {
        all.merge(new Place(tenant, check, finding.invariant()), finding, Verifier::both);
      }
    }
    return List.copyOf(all.values());
  }

  private static Finding unknown(int tenant) {
    String example = "tenant " + tenant + " is named by transfers, postings or lot movements";
    return new Finding(tenant, Invariant.TENANT, 1, List.of(example));
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
    List<List<Size>> counted = sessions.read(TABLES.stream().map(this::counting).toList());
    for (int i = 0; i < TABLES.size(); i++) {
      String table = TABLES.get(i);
      rows.put(table, 0L);
      for (Size size : counted.get(i)) {
        rows.merge(table, size.rows(), Long::sum);
        sizes.computeIfAbsent(size.tenant(), id -> new HashMap<>()).put(table, size.rows());
      }
    }
    return sizes;
  }

  private SnapshotSessions.Reading<List<Size>> counting(String table) {
    return session -> {
      progress.counting(table);
      return session.query(COUNT.formatted(table), row -> new Size(row.getInt(1), row.getLong(2)));
    };
  }

  private static Finding finding(int tenant, ResultSet row) throws SQLException {
    return new Finding(
        tenant,
        Invariant.valueOf(row.getString("invariant")),
        row.getLong("violations"),
        List.of((String[]) row.getArray("examples").getArray()));
  }
}
