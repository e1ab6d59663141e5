package io.sluice.store.shard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes the schema's tables over the nodes of a database with the extension Citus, in one
 * transaction: the tables are distributed all or not at all. Blocks.
 */
public final class Distribution {
  private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

  /** Any number, as long as all processes take the same. It ends with the connection. */
  private static final String LOCK = "SELECT pg_advisory_lock(7584236174)";

  /** Several connections to a node would not see each other's part of the transaction. */
  private static final String ONE_CONNECTION_A_NODE =
      "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'";

  private static final String EVERYWHERE = "SELECT create_reference_table(?::regclass)";
  private static final String BY_TENANT =
      "SELECT create_distributed_table(?::regclass, 'tenant_id', colocate_with => ?)";
  private static final String DROP_COPY =
      "SELECT truncate_local_data_after_distributing_table(?::regclass)";

  private Distribution() {}

  /**
   * Makes sure that the tables are distributed. What is found distributed must be so as a whole:
   * nobody knows how far somebody else wanted to come.
   *
   * @param migration brings the schema up to date in between; what it adds is distributed, too
   * @return what the migration returned
   * @throws IllegalStateException when some tables are distributed and some are not, in which case
   *     nothing has changed, or when Citus refuses
   */
  public static <T> T complete(DataSource source, Supplier<T> migration) {
    try (Connection connection = source.getConnection()) {
      execute(connection, LOCK);
      requireWhole(connection);
      T migrated = migration.get();
      connection.setAutoCommit(false);
      distribute(connection);
      connection.commit();
      return migrated;
    } catch (SQLException e) {
      throw new IllegalStateException("the tables cannot be distributed: " + e.getMessage(), e);
    }
  }

  private static void requireWhole(Connection connection) throws SQLException {
    List<Table> tables = Catalog.tables(connection);
    List<Table> astray = tables.stream().filter(table -> !table.isWhereItBelongs()).toList();
    if (!astray.isEmpty() && !tables.stream().allMatch(Table::isLocal)) {
      throw new IllegalStateException(
          "the tables are distributed by half: "
              + astray.stream()
                  .map(t -> "%s is %s, not %s".formatted(t.name(), t.found(), t.wanted()))
                  .collect(Collectors.joining("; "))
              + "; undo it (undistribute_table), or complete it, then migrate");
    }
  }

  private static void distribute(Connection connection) throws SQLException {
    List<Table> left = Catalog.tables(connection).stream().filter(Table::isLocal).toList();
    if (left.isEmpty()) {
      return;
    }
    LOG.info(
        "Citus is there: distributing {} tables over {} nodes; with large books that takes a while",
        left.size(),
        Catalog.nodes(connection));
    execute(connection, ONE_CONNECTION_A_NODE);
    Set<String> moving = left.stream().map(Table::name).collect(Collectors.toSet());
    // Citus could not put back those between tables that are distributed already.
    List<Catalog.ForeignKey> keys =
        Catalog.foreignKeys(connection).stream().filter(key -> key.isOf(moving)).toList();
    for (Catalog.ForeignKey key : keys) {
      execute(connection, "ALTER TABLE " + key.table() + " DROP CONSTRAINT " + key.name());
    }
    place(connection, left);
    for (Catalog.ForeignKey key : keys) {
      execute(
          connection,
          "ALTER TABLE %s ADD CONSTRAINT %s %s"
              .formatted(key.table(), key.name(), key.definition()));
    }
    // A view that was made before its tables were distributed is on no other node.
    for (String view : Catalog.views(connection)) {
      execute(connection, view);
    }
    LOG.info(
        "Distributed by tenant_id: {}; copied to every node: {}; foreign keys put back: {}",
        names(left, Placement.BY_TENANT),
        names(left, Placement.EVERYWHERE),
        keys.size());
  }

  private static void place(Connection connection, List<Table> tables) throws SQLException {
    String beside = beside(connection);
    for (Table table : tables) {
      if (table.wanted() == Placement.EVERYWHERE) {
        execute(connection, EVERYWHERE, table.name());
      } else {
        execute(connection, BY_TENANT, table.name(), beside);
        beside = table.name();
      }
      execute(connection, DROP_COPY, table.name());
    }
  }

  /** The table that the others are to be beside; none where none is distributed yet. */
  private static String beside(Connection connection) throws SQLException {
    return Catalog.tables(connection).stream()
        .filter(table -> table.found() == Placement.BY_TENANT)
        .map(Table::name)
        .findFirst()
        .orElse("none");
  }

  private static String names(List<Table> tables, Placement placement) {
    return tables.stream()
        .filter(table -> table.wanted() == placement)
        .map(Table::name)
        .collect(Collectors.joining(", "));
  }

  private static void execute(Connection connection, String sql, String... parameters)
      throws SQLException {
    if (parameters.length == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
