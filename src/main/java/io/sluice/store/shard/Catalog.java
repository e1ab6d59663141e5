package io.sluice.store.shard;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the catalog of Citus says of the schema's tables. */
final class Catalog {
  /**
   * A tenant's rows belong on one node, unless a unique index says that something is there once
   * over all tenants: then, and where there is no tenant, every node has a copy.
   */
  private static final String TABLES =
      """
      WITH own AS (
        SELECT c.oid, c.oid::regclass::text AS name, a.attnum AS tenant
          FROM pg_class c
          LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
           AND c.relname <> 'flyway_schema_history'
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype = 'e')),
      placed AS (
        SELECT own.*, p.partmethod, p.repmodel, p.colocationid,
               CASE WHEN p.partmethod = 'h'
                    THEN column_to_column_name(own.oid, p.partkey) END AS by_column
          FROM own LEFT JOIN pg_dist_partition p ON p.logicalrelid = own.oid),
      together AS (
        SELECT mode() WITHIN GROUP (ORDER BY colocationid) AS id
          FROM placed WHERE by_column = 'tenant_id')
      SELECT name,
             CASE WHEN tenant IS NULL
                    OR EXISTS (SELECT FROM pg_index i
                                WHERE i.indrelid = placed.oid AND i.indisunique
                                  AND tenant <> ALL (i.indkey::smallint[]))
                  THEN 'EVERYWHERE' ELSE 'BY_TENANT' END,
             CASE WHEN partmethod IS NULL THEN 'LOCAL'
                  WHEN by_column = 'tenant_id' AND colocationid = together.id THEN 'BY_TENANT'
                  WHEN partmethod = 'n' AND repmodel = 't' THEN 'EVERYWHERE'
                  WHEN partmethod = 'n' AND colocationid = 0 THEN 'LOCAL'
                  ELSE 'OTHERWISE' END
        FROM placed CROSS JOIN together
       ORDER BY name
      """;

  private static final String FOREIGN_KEYS =
      """
      SELECT conrelid::regclass::text, confrelid::regclass::text, quote_ident(conname),
             pg_get_constraintdef(oid)
        FROM pg_constraint
       WHERE contype = 'f' AND conparentid = 0
         AND connamespace = current_schema()::regnamespace
       ORDER BY 1, 3
      """;

  private static final String VIEWS =
      """
      SELECT 'CREATE OR REPLACE VIEW ' || oid::regclass || ' AS ' || pg_get_viewdef(oid)
        FROM pg_class c
       WHERE relnamespace = current_schema()::regnamespace AND relkind = 'v'
         AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND d.deptype = 'e')
       ORDER BY oid
      """;

  private static final String NODES =
      "SELECT count(*) FROM pg_dist_node WHERE shouldhaveshards AND noderole = 'primary'";

  private Catalog() {}

  /** A foreign key and what makes it again. */
  record ForeignKey(String table, String to, String name, String definition) {
    /** Whether it leads from one of the tables, or to one. */
    boolean isOf(Set<String> tables) {
      return tables.contains(table) || tables.contains(to);
    }
  }

  static List<Table> tables(Connection connection) throws SQLException {
    return all(
        connection,
        TABLES,
        row ->
            new Table(
                row.getString(1),
                Placement.valueOf(row.getString(2)),
                Placement.valueOf(row.getString(3))));
  }

  static List<ForeignKey> foreignKeys(Connection connection) throws SQLException {
    return all(
        connection,
        FOREIGN_KEYS,
        row ->
            new ForeignKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  /** What makes each view once more, as it is. */
  static List<String> views(Connection connection) throws SQLException {
    return all(connection, VIEWS, row -> row.getString(1));
  }

  /** How many nodes hold tenants' rows. */
  static int nodes(Connection connection) throws SQLException {
    return all(connection, NODES, row -> row.getInt(1)).getFirst();
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> all(Connection connection, String sql, Reading<T> reading)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(reading.of(rows));
      }
      return all;
    }
  }
}
