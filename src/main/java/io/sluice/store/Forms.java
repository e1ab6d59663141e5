package io.sluice.store;

/**
 * A statement in the form that PostgreSQL plans best, and where Citus refuses that one, in another
 * with the same parameters and columns.
 *
 * @param plain for tables on one server
 * @param distributed for tables on several nodes; empty where the statement is for one server only
 */
public record Forms(String plain, String distributed) {
  /** A statement that needs no other form. */
  static Forms same(String sql) {
    return new Forms(sql, sql);
  }

  /** A statement that is not used where tables may lie on several nodes. */
  static Forms onOneServer(String sql) {
    return new Forms(sql, "");
  }

  /**
   * The one to use.
   *
   * @param citus whether tables may lie on several nodes
   */
  String of(boolean citus) {
    return citus ? distributed : plain;
  }
}
