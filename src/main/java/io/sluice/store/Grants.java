package io.sluice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the role that serves may do with the schema: read and write rows, but never change a row of
 * the record of what moved, and never the schema. Made by the role that owns the schema, at each
 * migration, and changed only where they are not so already. Blocks.
 */
final class Grants {
  /** What has moved, and who did what, is written once. */
  static final List<String> APPEND_ONLY =
      List.of("transfer", "listed_posting", "lot_movement", "audit", "sealed_block", "sealed_node");

  /** Any number, as long as all processes take the same. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(7584236173)";

  /** Each privilege on each table, whether it is wanted, and whether the role has it. */
  private static final String DIFFERENCES =
      """
      WITH role AS (SELECT oid, rolname FROM pg_roles WHERE rolname = ?),
      privilege AS (
        SELECT c.oid AS relation, role.rolname, p.name,
               CASE WHEN c.relname = 'flyway_schema_history' OR c.relkind IN ('v', 'm')
                      THEN p.name = 'SELECT'
                    WHEN c.relispartition THEN false
                    WHEN c.relname = ANY (?) THEN p.name IN ('SELECT', 'INSERT')
                    ELSE p.name IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') END AS wanted,
               has_table_privilege(role.oid, c.oid, p.name) AS held,
               CASE WHEN p.name IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                    THEN has_any_column_privilege(role.oid, c.oid, p.name) END AS partly_held
          FROM role CROSS JOIN pg_class c
         CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
                                 'REFERENCES', 'TRIGGER']) AS p (name)
         WHERE c.relnamespace = current_schema()::regnamespace
           AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        UNION ALL
        SELECT NULL, role.rolname, p.name, p.name = 'USAGE',
               has_schema_privilege(role.oid, current_schema()::regnamespace, p.name), false
          FROM role CROSS JOIN (VALUES ('USAGE'), ('CREATE')) AS p (name))
      SELECT CASE WHEN wanted THEN 'GRANT ' ELSE 'REVOKE ' END || name || ' ON '
             || coalesce('TABLE ' || relation::regclass, 'SCHEMA ' || quote_ident(current_schema()))
             || CASE WHEN wanted THEN ' TO ' ELSE ' FROM ' END || quote_ident(rolname)
        FROM privilege WHERE wanted <> (held OR NOT wanted AND coalesce(partly_held, false))
       ORDER BY 1
      """;

  /**
   * Ways around the privileges, each as the end of a sentence about the role. Whoever is a member
   * of a role may become it, also where its privileges are not inherited.
   */
  private static final String WAYS_AROUND =
      """
      WITH role AS (SELECT * FROM pg_roles WHERE rolname = ?),
      other AS (
        SELECT r.* FROM pg_roles r JOIN role ON r.oid <> role.oid
         WHERE NOT role.rolsuper AND pg_has_role(role.oid, r.oid, 'MEMBER')),
      relation AS (
        SELECT c.*, c.relname = ANY (?) AS append_only FROM pg_class c
         WHERE c.relnamespace = current_schema()::regnamespace)
      SELECT 'is a superuser' FROM role WHERE rolsuper
      UNION ALL SELECT 'may create roles' FROM role WHERE rolcreaterole
      UNION ALL SELECT 'may create schemas in the database' FROM role
                 WHERE has_database_privilege(oid, current_database(), 'CREATE')
      UNION ALL SELECT DISTINCT 'is the owner of tables' FROM role
                  JOIN relation ON relation.relowner = role.oid
      UNION ALL SELECT 'is a member of the role ' || rolname FROM other
                 WHERE rolsuper OR rolcreaterole
                    OR rolname IN ('pg_read_server_files', 'pg_write_server_files',
                                   'pg_execute_server_program')
                    OR has_database_privilege(oid, current_database(), 'CREATE')
                    OR has_schema_privilege(oid, current_schema()::regnamespace, 'CREATE')
                    OR EXISTS (SELECT FROM relation WHERE relowner = other.oid)
                    OR EXISTS (SELECT FROM relation
                                WHERE append_only
                                  AND (has_table_privilege(other.oid, relation.oid,
                                                           'UPDATE, DELETE, TRUNCATE, TRIGGER')
                                       OR has_any_column_privilege(other.oid, relation.oid,
                                                                   'UPDATE')))
      """;

  private Grants() {}

  /**
   * Lets the role that serves do what it must, and nothing else.
   *
   * @throws IllegalStateException when it cannot be kept from more, saying why
   */
  static void give(DatabaseRoles roles) {
    String role = roles.runtime().user();
    try (Connection connection = roles.owner().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK);
        requireThere(connection, role);
        List<String> around = held(connection, WAYS_AROUND, role);
        if (!around.isEmpty()) {
          throw tooMuch(role, String.join(" and ", around));
        }
        for (String change : held(connection, DIFFERENCES, role)) {
          statement.execute(change);
        }
      }
      List<String> left = held(connection, DIFFERENCES, role);
      if (!left.isEmpty()) {
        throw tooMuch(role, "is not held to that by: " + String.join("; ", left));
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the role %s cannot be given its rights: %s".formatted(role, e.getMessage()), e);
    }
  }

  private static void requireThere(Connection connection, String role) throws SQLException {
    if (texts(connection, "SELECT rolname FROM pg_roles WHERE rolname = ?", role).isEmpty()) {
      throw new IllegalStateException(
          "there is no role %s for the gateway to serve with; create it: CREATE ROLE %s LOGIN"
              .formatted(role, role));
    }
  }

  private static IllegalStateException tooMuch(String role, String why) {
    return new IllegalStateException(
        "the role %s, which serves, could change what has moved: it %s; take that away, or leave"
                .formatted(role, why)
            + " database.migrate.url out to go on with one role");
  }

  /** Asks about a role and the tables that only grow. */
  private static List<String> held(Connection connection, String sql, String role)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, role);
      query.setArray(2, connection.createArrayOf("text", APPEND_ONLY.toArray()));
      return texts(query);
    }
  }

  private static List<String> texts(Connection connection, String sql, String role)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, role);
      return texts(query);
    }
  }

  private static List<String> texts(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
