package io.sluice.loadtest;

/** Ids that are made by SQL. */
final class IdSql {
  /** Milliseconds in the first 48 bits, and the version. */
  private static final String OF_A_TIME =
      """
      overlay(gen_random_uuid()::text PLACING
              regexp_replace(lpad(to_hex((1000 * extract(epoch FROM %s))::bigint), 12, '0'),
                             '(.{8})(.{4})', '\\1-\\2-7') FROM 1 FOR 15)::uuid\
      """;

  private IdSql() {}

  /**
   * An expression for another id in each row, which tells a time, as the ids of all that is sealed
   * do: what is older than what is sealed would never be.
   */
  static String timeOrdered(String time) {
    return OF_A_TIME.formatted(time);
  }
}
