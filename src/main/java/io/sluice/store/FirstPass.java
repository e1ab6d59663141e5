package io.sluice.store;

import io.sluice.store.VerifierStep.Division;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads each table once, for all tenants: how many rows each has, and by {@link Fingerprint} which
 * checks of its books would find nothing.
 */
final class FirstPass {
  private static final String POSTING = "posting";

  private static final List<String> TABLES =
      List.of("holder", "asset", "account", "lot", "transfer", POSTING, "lot_movement");

  /** Tells the tenants apart too, since a table without foreign keys can name one that is not. */
  private static final String COUNT =
      "SELECT tenant_id, count(*) AS rows FROM %s GROUP BY tenant_id";

  private static final String PAGES =
      "SELECT pg_relation_size('%s') / current_setting('block_size')::bigint";

  /**
   * What it found of one tenant.
   *
   * @param rows how many each table has; none are left out
   */
  record Books(Map<String, Long> rows, Tally tally) {
    static final Books NONE = new Books(Map.of(), Tally.NONE);

    private Books and(Books other) {
      var both = new HashMap<>(rows);
      other.rows.forEach((table, count) -> both.merge(table, count, Long::sum));
      return new Books(both, tally.and(other.tally));
    }
  }

  /** A statement about one table, or a part of it. */
  private record Look(String table, String sql, long pages) {}

  private final SnapshotSessions sessions;
  private final VerifierProgress progress;
  private final Division division;
  private final long seed = new SecureRandom().nextLong();

  FirstPass(SnapshotSessions sessions, VerifierProgress progress, Division division) {
    this.sessions = sessions;
    this.progress = progress;
    this.division = division;
  }

  /** The books of each tenant that any table names; blocks. */
  SortedMap<Integer, Books> read() throws SQLException {
    var looks = new ArrayList<Look>();
    for (String table : TABLES) {
      looks.addAll(looks(table));
    }
    progress.expect(0, looks.stream().mapToLong(Look::pages).sum());
    var all = new TreeMap<Integer, Books>();
    for (Map<Integer, Books> some : sessions.read(looks.stream().map(this::reading).toList())) {
      some.forEach((tenant, books) -> all.merge(tenant, books, Books::and));
    }
    return all;
  }

  private SnapshotSessions.Reading<Map<Integer, Books>> reading(Look look) {
    return session -> {
      progress.begin(0, "reading " + look.table() + " rows", 0);
      var books = new HashMap<Integer, Books>();
      session.query(look.sql(), row -> books.put(row.getInt(1), books(look.table(), row)));
      progress.end(look.pages());
      return books;
    };
  }

  private static Books books(String table, ResultSet row) throws SQLException {
    var tally = Tally.of(row);
    var rows = new HashMap<>(Map.of(table, row.getLong(2)));
    if (tally.postings() > 0) {
      rows.merge(POSTING, tally.postings(), Long::sum);
    }
    return new Books(rows, tally);
  }

  private List<Look> looks(String table) throws SQLException {
    Optional<Fingerprint> fingerprint = Fingerprint.of(table).filter(found -> !division.exact());
    if (fingerprint.isEmpty()) {
      return List.of(new Look(table, COUNT.formatted(table), pages(table)));
    }
    long pages = pages(fingerprint.get().relation());
    List<String> statements = fingerprint.get().statements(seed, pages, division.sessions());
    return statements.stream().map(sql -> new Look(table, sql, pages / statements.size())).toList();
  }

  private long pages(String table) throws SQLException {
    return sessions.one(
        session -> session.query(PAGES.formatted(table), row -> row.getLong(1)).getFirst());
  }

  /** How many rows each table has, all tenants together. */
  static Map<String, Long> rows(Collection<Books> all) {
    var rows = new HashMap<String, Long>();
    TABLES.forEach(table -> rows.put(table, 0L));
    all.forEach(
        books -> books.rows().forEach((table, count) -> rows.merge(table, count, Long::sum)));
    return rows;
  }
}
