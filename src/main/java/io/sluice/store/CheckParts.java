package io.sluice.store;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Divides a {@link BookCheck} into parts, each a statement of its own. */
final class CheckParts {
  /**
   * A part is told by the last byte of an id, which is random or looks so. Compared in this way
   * because PostgreSQL takes one row in three to be smaller, but only one in 200 to be equal.
   */
  private static final String IN_PART = "(get_byte(uuid_send($1), 15) + %d) %% %d < 1";

  private static final Pattern PART = Pattern.compile("\\$part\\{([a-z_.]+)}");

  /** Numbers follow one another, and so do their remainders. */
  private static final String IN_SLICE = "($1 + %d) %% %d < 1";

  private static final Pattern SLICE = Pattern.compile("\\$slice\\{([a-z_.]+)}");

  /** Where an index has the order, each part is read from its own range of it. */
  private static final Pattern RANGE = Pattern.compile("\\$range\\{([a-z_.]+)}");

  private static final int RANGES = 1 << 16;
  private static final String RANGE_END = "%04x0000-0000-0000-0000-000000000000";
  private static final int MAX_PARTS = 64;

  private CheckParts() {}

  /**
   * In how many parts a check is to be done.
   *
   * @param rows how many its table has
   * @param rowsAPart how many a part may take at most
   * @param sessions how many parts can be read at once
   * @param rowsASession how many are worth a session of their own
   */
  static int count(BookCheck check, long rows, long rowsAPart, int sessions, long rowsASession) {
    if (Stream.of(PART, SLICE, RANGE).noneMatch(wanted -> wanted.matcher(check.sql()).find())) {
      return 1;
    }
    long busy = Math.clamp(rows / rowsASession, 1, sessions);
    long parts = Math.ceilDiv(Math.ceilDiv(rows, rowsAPart), busy) * busy;
    return Math.clamp(parts, 1, MAX_PARTS);
  }

  private static String in(Pattern wanted, String condition, String sql, int parts, int part) {
    String in = parts == 1 ? "true" : condition.formatted(parts - part, parts);
    return wanted.matcher(sql).replaceAll(in);
  }

  /**
   * The statement for one part of one tenant's books: for each broken invariant, how often, and a
   * few examples. Counted by the server, so that the answer stays small.
   *
   * @param part from 0 to {@code parts} - 1
   */
  static String statement(BookCheck check, int tenant, int maxExamples, int parts, int part) {
    String all = in(PART, IN_PART, check.sql(), parts, part);
    all = in(SLICE, IN_SLICE, all, parts, part);
    return counted(RANGE.matcher(all).replaceAll(range(parts, part)), tenant, maxExamples);
  }

  /** The same of rows of (invariant, example) from anywhere. */
  static String counted(String sql, int tenant, int maxExamples) {
    return """
    SELECT invariant, count(*) AS violations,
           array_agg(example) FILTER (WHERE place <= %d) AS examples
      FROM (SELECT invariant, example, row_number() OVER (PARTITION BY invariant) AS place
              FROM (%s) found) numbered
     GROUP BY invariant
    """
        .formatted(maxExamples, sql.replace("$1", Integer.toString(tenant)));
  }

  /** The condition for a part of all UUIDs; the last part has no upper end. */
  private static String range(int parts, int part) {
    String from = "$1 >= '" + RANGE_END.formatted(RANGES * part / parts) + "'";
    return part + 1 == parts
        ? from
        : from + " AND $1 < '" + RANGE_END.formatted(RANGES * (part + 1) / parts) + "'";
  }
}
