package io.sluice.store;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One statement of a verification: a check, or a part of one, of one tenant's books.
 *
 * @param part from 0 to {@code parts} - 1
 * @param rows how many the part takes of the check's largest table, about
 */
record VerifierStep(int tenant, BookCheck check, int part, int parts, long rows) {
  /** So much of each check is not its rows: tenants with few of them take time too. */
  private static final long ROWS_OF_A_STATEMENT = 1_000;

  /**
   * How a verification is divided.
   *
   * @param sessions how many connections share the work, 1 or more
   * @param rowsAPart how many rows one statement takes at most, where it can be divided
   * @param rowsASession how many are worth a session of their own
   * @param exact whether checks are made that fingerprints say would find nothing
   * @param memoryBytes what accounts' ids may take outside the heap; 0 or more
   */
  record Division(
      int sessions, long rowsAPart, long rowsASession, boolean exact, long memoryBytes) {}

  /**
   * All steps for one tenant that the first pass has left to do, in the order of the checks.
   *
   * @param books what that pass found
   */
  static List<VerifierStep> of(int tenant, FirstPass.Books books, Division division) {
    var steps = new ArrayList<VerifierStep>();
    Set<BookCheck> left = EnumSet.allOf(BookCheck.class);
    if (!division.exact()) {
      left.removeAll(books.tally().holding());
    }
    for (BookCheck check : left) {
      long rows = books.rows().getOrDefault(check.table(), 0L);
      int parts =
          CheckParts.count(
              check, rows, division.rowsAPart(), division.sessions(), division.rowsASession());
      for (int part = 0; part < parts; part++) {
        steps.add(new VerifierStep(tenant, check, part, parts, rows / parts));
      }
    }
    return steps;
  }

  String sql() {
    return CheckParts.statement(check, tenant, Verifier.MAX_EXAMPLES, parts, part);
  }

  /** What is checked, for people. */
  String title() {
    return parts == 1
        ? check.title()
        : "%s, part %d of %d".formatted(check.title(), part + 1, parts);
  }

  /** How long it takes, compared with other steps. */
  long cost() {
    return (rows + ROWS_OF_A_STATEMENT) * check.cost();
  }
}
