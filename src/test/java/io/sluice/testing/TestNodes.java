package io.sluice.testing;

import io.sluice.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that a test's database is on: one, or the coordinator of a Citus cluster, which is the
 * first, and its workers. A copy of a distributed database is a copy on each node, which is much
 * faster than distributing tables anew.
 */
final class TestNodes {
  private static final String WORKERS =
      "SELECT nodename, nodeport FROM pg_dist_node WHERE groupid <> 0 AND noderole = 'primary'";

  private final List<Database> nodes;

  private TestNodes(List<Database> nodes) {
    this.nodes = nodes;
  }

  /**
   * Those of a database that knows them.
   *
   * @param maintenance any database of the server, which tells whether it has Citus
   */
  static TestNodes of(Database maintenance) {
    var nodes = new ArrayList<>(List.of(maintenance));
    if (maintenance.citus()) {
      nodes.addAll(workers(maintenance));
    }
    return new TestNodes(nodes);
  }

  private static List<Database> workers(Database coordinator) {
    try (Connection connection = coordinator.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WORKERS)) {
      var workers = new ArrayList<Database>();
      while (rows.next()) {
        var server = new io.sluice.store.Server(rows.getString(1), rows.getInt(2));
        workers.add(coordinator.withServers(List.of(server)));
      }
      return workers;
    } catch (SQLException e) {
      throw new IllegalStateException("on " + coordinator, e);
    }
  }

  /** An empty database, on a cluster one that knows its nodes. */
  void create(String name) {
    onEach("CREATE DATABASE " + name);
    if (!isCluster()) {
      return;
    }
    nodes.forEach(node -> execute(node.withName(name), "CREATE EXTENSION citus"));
    Database coordinator = nodes.getFirst().withName(name);
    execute(coordinator, "SELECT citus_set_coordinator_host(%s)".formatted(address(coordinator)));
    for (Database worker : nodes.subList(1, nodes.size())) {
      execute(coordinator, "SELECT citus_add_node(%s)".formatted(address(worker)));
    }
  }

  /** Lets nobody into a database any more: by itself, Citus never leaves. */
  void leave(String name) {
    if (isCluster()) {
      onEach("UPDATE pg_database SET datallowconn = false WHERE datname = '" + name + "'");
      onEach(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
  }

  void copy(String template, String name) {
    onEach("CREATE DATABASE " + name + " TEMPLATE " + template);
  }

  void drop(String name) {
    leave(name);
    onEach("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private boolean isCluster() {
    return nodes.size() > 1;
  }

  private void onEach(String sql) {
    nodes.forEach(node -> execute(node, sql));
  }

  private static String address(Database node) {
    return "'%s', %d".formatted(node.host(), node.port());
  }

  static void execute(Database database, String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("on " + database + ": " + sql, e);
    }
  }
}
