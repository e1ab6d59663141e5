package io.sluice.store;

import io.sluice.config.VerifySettings;
import io.sluice.store.VerifierStep.Division;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private static final String TENANTS = "SELECT id FROM tenant";

  /**
   * Said before each step, by one thread at a time.
   *
   * @param step which, from 1 to {@code steps}; 0 of 0 while each table is read for the first time
   * @param tenant whose books; 0 while all are read
   * @param what is checked in it
   * @param rows how many rows of its largest table it reads; 0 where it is not known
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

    /** How many rows were read of a table. */
    public long rows(String table) {
      return rows.getOrDefault(table, 0L);
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

  private final SnapshotSessions sessions;
  private final VerifierProgress progress;

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
    return run(database, VerifySettings.SECTION.defaults(), progress);
  }

  /**
   * The same.
   *
   * @param settings by how many connections, and how
   */
  public static Report run(
      Database database, VerifySettings settings, Consumer<Progress> progress) {
    return run(
        database,
        new Division(
            settings.sessions(),
            ROWS_A_PART,
            ROWS_A_SESSION,
            settings.exact(),
            settings.memoryBytes()),
        progress);
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
    Set<Integer> known =
        Set.copyOf(sessions.one(session -> session.query(TENANTS, row -> row.getInt(1))));
    SortedMap<Integer, FirstPass.Books> books = new FirstPass(sessions, progress, division).read();
    known.forEach(tenant -> books.putIfAbsent(tenant, FirstPass.Books.NONE));
    var sealed = new SealedPass(sessions, progress, division, books);
    var steps = new ArrayList<VerifierStep>();
    var unlessComplete = new ArrayList<VerifierStep>();
    books.forEach(
        (tenant, its) -> {
          for (VerifierStep step : VerifierStep.of(tenant, its, division)) {
            boolean spared = step.check() == BookCheck.SEALED_COMPLETE && sealed.isSealed(tenant);
            (spared && !division.exact() ? unlessComplete : steps).add(step);
          }
        });
    progress.expect(sealed.steps() + steps.size(), sealed.cost() + cost(steps));
    SealedPass.Result seals = sealed.read();
    unlessComplete.removeIf(step -> seals.complete().contains(step.tenant()));
    progress.add(unlessComplete.size(), cost(unlessComplete));
    steps.addAll(unlessComplete);
    List<List<Finding>> found = sessions.read(steps.stream().map(this::reading).toList());
    List<Finding> findings = new ArrayList<>(findings(known, steps, found));
    findings.addAll(seals.findings());
    return new Report(books.size(), FirstPass.rows(books.values()), findings, progress.elapsed());
  }

  private static long cost(List<VerifierStep> steps) {
    return steps.stream().mapToLong(VerifierStep::cost).sum();
  }

  private SnapshotSessions.Reading<List<Finding>> reading(VerifierStep step) {
    return session -> {
      progress.begin(step.tenant(), step.title(), step.rows());
      List<Finding> found = session.query(step.sql(), row -> finding(step.tenant(), row));
      progress.end(step.cost());
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

  static Finding both(Finding one, Finding other) {
    List<String> examples =
        Stream.concat(one.examples().stream(), other.examples().stream())
            .limit(MAX_EXAMPLES)
            .toList();
    return new Finding(
        one.tenant(), one.invariant(), one.violations() + other.violations(), examples);
  }

  static Finding finding(int tenant, ResultSet row) throws SQLException {
    return new Finding(
        tenant,
        Invariant.valueOf(row.getString("invariant")),
        row.getLong("violations"),
        List.of((String[]) row.getArray("examples").getArray()));
  }
}
