package io.sluice.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the fingerprints of one tenant's tables come to; parts of it can be taken together.
 *
 * @param values by the name of the column; one that starts with {@code least} or {@code greatest}
 *     is that, any other a sum
 */
record Tally(Map<String, BigDecimal> values) {
  static final Tally NONE = new Tally(Map.of());

  private static final int FIRST_VALUE = 3;

  /** PostgreSQL's, of a sum in which some value is not a number. */
  private static final String NOT_A_NUMBER = "NaN";

  /** That of a row whose first columns are the tenant and how many rows it has. */
  static Tally of(ResultSet row) throws SQLException {
    var values = new HashMap<String, BigDecimal>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = FIRST_VALUE; i <= columns.getColumnCount(); i++) {
      String value = row.getString(i);
      if (NOT_A_NUMBER.equals(value)) {
        values.put(NOT_A_NUMBER, BigDecimal.ONE);
      } else if (value != null) {
        values.put(columns.getColumnLabel(i), new BigDecimal(value));
      }
    }
    return new Tally(values);
  }

  Tally and(Tally other) {
    var both = new HashMap<>(values);
    other.values.forEach((name, value) -> both.merge(name, value, (a, b) -> merged(name, a, b)));
    return new Tally(both);
  }

  private static BigDecimal merged(String name, BigDecimal one, BigDecimal other) {
    if (name.startsWith("least")) {
      return one.min(other);
    }
    return name.startsWith("greatest") ? one.max(other) : one.add(other);
  }

  /** How many postings lie in a table of something else. */
  long postings() {
    return sum("postings").longValue();
  }

  /** The checks that would find nothing. */
  Set<BookCheck> holding() {
    var holding = EnumSet.noneOf(BookCheck.class);
    boolean chained =
        equal(
            sum("debits_reached", "credits_reached", "reached", "first"),
            sum("debits_left", "credits_left", "left", "last"));
    if (!chained || !isNone("incomplete") || values.containsKey(NOT_A_NUMBER)) {
      return holding;
    }
    holding.add(BookCheck.POSTING_CHAINS);
    holding.add(BookCheck.LATEST_POSTINGS);
    if (isNone("listing", "listed")) {
      holding.add(BookCheck.LISTED_POSTINGS);
      holding.add(BookCheck.LISTED_SUMS);
      if (isNone("unusual")) {
        holding.add(BookCheck.TRANSFER_LISTINGS);
      }
    }
    // A debit and a credit of one amount cancel out in any case but that of two assets.
    if (equal(sum("least_asset"), sum("greatest_asset"))) {
      holding.add(BookCheck.TRANSFER_SUMS);
    }
    return holding;
  }

  private boolean isNone(String... counts) {
    return equal(sum(counts), BigDecimal.ZERO);
  }

  private BigDecimal sum(String... names) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String name : names) {
      sum = sum.add(values.getOrDefault(name, BigDecimal.ZERO));
    }
    return sum;
  }

  private static boolean equal(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0;
  }
}
