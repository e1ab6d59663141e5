package io.sluice.store;

import io.sluice.store.FirstPass.Books;
import io.sluice.store.Verifier.Finding;
import io.sluice.store.VerifierStep.Division;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads each tenant's sealed books once, in parts: whether every entry is what was sealed, whether
 * all is sealed once, and the tree over it.
 */
final class SealedPass {
  /** So many for each session: the slowest part is then a small share of the whole. */
  private static final int PARTS_A_SESSION = 8;

  /** How long an entry takes, compared with {@link BookCheck#cost}. */
  private static final int COST = 3;

  private static final String TITLE = "sealed transfers against their hashes";

  /** Where no block reaches as far as all is said to be sealed, something is amiss. */
  private static final String HEAD =
      """
      SELECT h.looked_to, h.looked_to > coalesce(
               (SELECT ids[cardinality(ids)] FROM sealed_block
                 WHERE tenant_id = %1$d AND NOT late ORDER BY first_position DESC LIMIT 1),
               '00000000-0000-0000-0000-000000000000')
        FROM sealed_head h WHERE h.tenant_id = %1$d
      """;

  private static final String SIZE =
      "SELECT coalesce(max(first_position) + 1, 0) FROM sealed_block WHERE tenant_id = %d";

  private static final String ACCOUNTS = "SELECT number, id FROM account WHERE tenant_id = %d";

  /**
   * What it found.
   *
   * @param complete the tenants all of whose transfers are sealed once
   */
  record Result(List<Finding> findings, Set<Integer> complete) {}

  /** What is to be read of a tenant: blocks that begin before {@code size}. */
  private record Plan(int tenant, Books books, long size, int parts) {
    private long rows() {
      return parts == 0 ? 0 : size / parts;
    }
  }

  private record Head(UUID lookedTo, boolean isBeyond) {
    private static final Head NONE = new Head(new UUID(0, 0), false);
  }

  private final SnapshotSessions sessions;
  private final VerifierProgress progress;
  private final Division division;
  private final List<Plan> plans = new ArrayList<>();
  private final long seed = new SecureRandom().nextLong();

  /** Looks how much there is to read; blocks. */
  SealedPass(
      SnapshotSessions sessions,
      VerifierProgress progress,
      Division division,
      Map<Integer, Books> books)
      throws SQLException {
    this.sessions = sessions;
    this.progress = progress;
    this.division = division;
    for (Map.Entry<Integer, Books> each : books.entrySet()) {
      int tenant = each.getKey();
      long size = one(SIZE.formatted(tenant), row -> row.getLong(1)).orElse(0L);
      plans.add(new Plan(tenant, each.getValue(), size, parts(size)));
    }
  }

  private int parts(long size) {
    if (size == 0) {
      return 0;
    }
    long busy = Math.clamp(size / division.rowsASession(), 1, division.sessions());
    return Math.toIntExact(busy == 1 ? 1 : Math.min(size, busy * PARTS_A_SESSION));
  }

  private <T> Optional<T> one(String sql, SnapshotSession.RowMapper<T> mapper) throws SQLException {
    return sessions.one(session -> session.query(sql, mapper)).stream().findFirst();
  }

  /** Whether anything of a tenant is sealed. */
  boolean isSealed(int tenant) {
    return plans.stream().anyMatch(plan -> plan.tenant() == tenant && plan.parts() > 0);
  }

  /** How many parts there are. */
  int steps() {
    return plans.stream().mapToInt(Plan::parts).sum();
  }

  /** How long they take, compared with other steps. */
  long cost() {
    return plans.stream().mapToLong(plan -> plan.parts() * plan.rows() * COST).sum();
  }

  /** Reads them; blocks. */
  Result read() throws SQLException {
    var findings = new ArrayList<Finding>();
    var complete = new HashSet<Integer>();
    for (Plan plan : plans) {
      if (read(plan, findings) && plan.parts() > 0) {
        complete.add(plan.tenant());
      }
    }
    return new Result(findings, complete);
  }

  /** Whether all is sealed once. */
  private boolean read(Plan plan, List<Finding> findings) throws SQLException {
    Head head =
        one(
                HEAD.formatted(plan.tenant()),
                row -> new Head(row.getObject(1, UUID.class), row.getBoolean(2)))
            .orElse(Head.NONE);
    var stragglers = new Stragglers(head.lookedTo(), seed);
    Optional<AccountIds> accounts = accounts(plan);
    try {
      var books =
          new SealedContents.Books(
              plan.tenant(),
              plan.books().rows().getOrDefault("lot_movement", 0L) > 0,
              accounts,
              head.lookedTo(),
              seed);
      var readings = new ArrayList<SnapshotSessions.Reading<SealedContents.Result>>();
      readings.add(
          session ->
              new SealedContents.Result(
                  SealedTree.check(session, plan.tenant()), new Stragglers(head.lookedTo(), seed)));
      for (int part = 0; part < plan.parts(); part++) {
        readings.add(reading(plan, books, part));
      }
      var found = new EnumMap<Invariant, Finding>(Invariant.class);
      for (SealedContents.Result result : sessions.read(readings)) {
        result.findings().forEach(each -> found.merge(each.invariant(), each, Verifier::both));
        stragglers.add(result.stragglers());
      }
      findings.addAll(found.values());
    } finally {
      accounts.ifPresent(AccountIds::close);
    }
    return !head.isBeyond() && stragglers.match();
  }

  private SnapshotSessions.Reading<SealedContents.Result> reading(
      Plan plan, SealedContents.Books books, int part) {
    return session -> {
      progress.begin(plan.tenant(), TITLE, plan.rows());
      long from = plan.size() * part / plan.parts();
      long to = plan.size() * (part + 1) / plan.parts();
      SealedContents.Result result = SealedContents.compare(session, books, from, to);
      progress.end(plan.rows() * COST);
      return result;
    };
  }

  /** Empty where they take too much memory, or are of no use. */
  private Optional<AccountIds> accounts(Plan plan) throws SQLException {
    long count = plan.books().rows().getOrDefault("account", 0L);
    if (plan.parts() == 0 || count * AccountIds.BYTES_AN_ACCOUNT > division.memoryBytes()) {
      return Optional.empty();
    }
    var accounts = new AccountIds(count);
    try {
      sessions.one(
          session -> {
            session.copy(
                ACCOUNTS.formatted(plan.tenant()),
                row -> accounts.put(row.bigint(0), row.high(1), row.low(1)));
            return accounts;
          });
      return Optional.of(accounts);
    } catch (SQLException | RuntimeException e) {
      accounts.close();
      throw e;
    }
  }
}
