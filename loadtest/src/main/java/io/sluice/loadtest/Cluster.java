package io.sluice.loadtest;

import io.sluice.store.Database;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Servers on loopback with a database that has the schema: the coordinator of a cluster of Citus
 * and its workers, or a single one without Citus.
 */
final class Cluster {
  private static final String NAME = "sluice";

  /** Several share the machine's memory and disk. */
  private static final Map<String, String> SMALL =
      Map.of("shared_buffers", "256MB", "min_wal_size", "512MB", "max_connections", "200");

  private static final Map<String, String> CITUS =
      Map.of(
          "shared_preload_libraries",
          "citus",
          "citus.node_conninfo",
          "sslmode=disable",
          "citus.local_hostname",
          "127.0.0.1");

  private final int workers;
  private final List<InstalledServer> servers;
  private final Map<String, String> settings;
  private final List<Long> processes = new ArrayList<>();
  private final Database database;

  private Cluster(int workers, List<InstalledServer> servers, Map<String, String> settings)
      throws SQLException, IOException {
    this.workers = workers;
    this.servers = servers;
    this.settings = settings;
    for (InstalledServer server : servers) {
      processes.add(server.pid());
    }
    this.database = migrated(workers, servers);
  }

  /**
   * Starts one.
   *
   * @param cleanup gets the end of it
   * @param programs of a PostgreSQL, with Citus unless there are no workers
   * @param workers without any it is a single server
   */
  static Cluster start(Cleanup cleanup, Path programs, int workers)
      throws IOException, InterruptedException, SQLException {
    var settings = new TreeMap<>(InstalledServer.SETTINGS);
    settings.putAll(SMALL);
    if (workers > 0) {
      settings.putAll(CITUS);
    }
    var servers = new ArrayList<InstalledServer>();
    for (int i = 0; i <= workers; i++) {
      Path directory = cleanup.directory("sluice-scale");
      servers.add(cleanup.add(InstalledServer.start(programs, directory, settings)));
    }
    return new Cluster(workers, servers, settings);
  }

  private static Database migrated(int workers, List<InstalledServer> servers) throws SQLException {
    Database first = servers.getFirst().create(NAME);
    if (workers > 0) {
      execute(first, "CREATE EXTENSION citus");
      execute(first, "SELECT citus_set_coordinator_host('127.0.0.1', %d)".formatted(first.port()));
    }
    for (InstalledServer worker : servers.subList(1, servers.size())) {
      Database there = worker.create(NAME);
      execute(there, "CREATE EXTENSION citus");
      execute(first, "SELECT citus_add_node('127.0.0.1', %d)".formatted(there.port()));
    }
    if (!(DatabaseProbe.forWriting(first) instanceof DatabaseProbe.Result.Usable(var usable))) {
      throw new IllegalStateException(first + " cannot be used");
    }
    new Migrations(usable).migrate();
    return usable;
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** None where it is a single server. */
  int workers() {
    return workers;
  }

  /** The coordinator's, or the only one. */
  Database database() {
    return database;
  }

  /** What a tenant is on: from 0 on, the worker in the order in which they were added. */
  int workerOf(int tenant) throws SQLException {
    if (workers == 0) {
      return 0;
    }
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT nodeport FROM citus_shards WHERE shardid ="
                    + " get_shard_id_for_distribution_column('account', "
                    + tenant
                    + ")")) {
      row.next();
      int port = row.getInt(1);
      for (int i = 1; i <= workers; i++) {
        if (servers.get(i).database().port() == port) {
          return i - 1;
        }
      }
      throw new IllegalStateException("no worker at port " + port);
    }
  }

  /** Processor time of all servers, in microseconds. */
  long micros() {
    return processes.stream().mapToLong(ProcessorTime::ofFamily).sum();
  }

  /** The same of the coordinator, or of the only server. */
  long coordinatorMicros() {
    return ProcessorTime.ofFamily(processes.getFirst());
  }

  /** Writes out what has changed, so that all are loaded in the same state. */
  void checkpoint() throws SQLException {
    for (InstalledServer server : servers) {
      execute(server.database(), "CHECKPOINT");
    }
  }

  /**
   * Has a standby follow the first worker, which from now on commits nothing that the standby does
   * not have.
   *
   * @param cleanup gets the end of it
   */
  InstalledServer follow(Cleanup cleanup) throws IOException, InterruptedException, SQLException {
    InstalledServer primary = servers.get(1);
    Path directory = cleanup.directory("sluice-standby");
    var standby = cleanup.add(InstalledServer.following(primary, directory, settings));
    execute(primary.database(), "ALTER SYSTEM SET synchronous_standby_names = '*'");
    execute(primary.database(), "SELECT pg_reload_conf()");
    return standby;
  }

  /** Ends the first worker as a loss of power would. */
  void crash() throws IOException, InterruptedException {
    servers.get(1).crash();
  }

  /** Has the standby of the first worker take its place. */
  void replaceBy(InstalledServer standby) throws SQLException {
    execute(standby.database(), "SELECT pg_promote()");
    execute(
        database,
        "SELECT citus_update_node(nodeid, '127.0.0.1', %d, true, 1000) FROM pg_dist_node WHERE nodeport = %d"
            .formatted(standby.database().port(), servers.get(1).database().port()));
  }

  /** Transfers of a kind that a tenant has. */
  long transfers(int tenant, String kind) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM transfer WHERE tenant_id = %d AND kind = '%s'"
                    .formatted(tenant, kind))) {
      row.next();
      return row.getLong(1);
    }
  }
}
