package io.sluice.testing;

import io.sluice.ledger.TenantId;
import io.sluice.store.Database;
import io.sluice.store.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Where a cluster of Citus has a tenant, and what an operator does about that; all of it blocks.
 */
public final class Shards {
  private final Database coordinator;

  public Shards(TestDatabase database) {
    this.coordinator = database.roles().owner();
  }

  /** Reads the first row of an answer. */
  public interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** The first row that the coordinator answers. */
  public <T> T query(String sql, Reading<T> reading) {
    return query(coordinator, sql, reading);
  }

  /** The first row that a node answers. */
  public <T> T queryAt(Server node, String sql, Reading<T> reading) {
    return query(coordinator.withServers(List.of(node)), sql, reading);
  }

  private static <T> T query(Database database, String sql, Reading<T> reading) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return reading.of(rows);
    } catch (SQLException e) {
      throw new IllegalStateException("on " + database + ": " + sql, e);
    }
  }

  private static String shard(TenantId tenant) {
    return "get_shard_id_for_distribution_column('account', %d)".formatted(tenant.value());
  }

  private static Server server(ResultSet row) throws SQLException {
    return new Server(row.getString(1), row.getInt(2));
  }

  /** The node that has a tenant. */
  public Server home(TenantId tenant) {
    return query(
        "SELECT nodename, nodeport FROM citus_shards WHERE shardid = " + shard(tenant),
        Shards::server);
  }

  /** A node that does not have a tenant, and might. */
  public Server other(TenantId tenant) {
    return query(
        "SELECT nodename, nodeport FROM pg_dist_node WHERE shouldhaveshards AND nodeport <> "
            + home(tenant).port(),
        Shards::server);
  }

  /**
   * Moves the shard of a tenant.
   *
   * @param mode {@code block_writes} or {@code force_logical}
   */
  public void move(TenantId tenant, Server to, String mode) {
    Server from = home(tenant);
    query(
        "SELECT 1 FROM citus_move_shard_placement(%s, '%s', %d, '%s', %d, '%s')"
            .formatted(shard(tenant), from.host(), from.port(), to.host(), to.port(), mode),
        row -> row.getInt(1));
  }

  /** Gives a tenant a shard of its own, where it is. */
  public void isolate(TenantId tenant, String mode) {
    query(
        "SELECT isolate_tenant_to_new_shard('account', %d, 'CASCADE', '%s')"
            .formatted(tenant.value(), mode),
        row -> row.getLong(1));
  }

  /** Whether no other tenant can be in the shard that has one. */
  public boolean isAlone(TenantId tenant) {
    return query(
        "SELECT shardminvalue = shardmaxvalue FROM pg_dist_shard WHERE shardid = " + shard(tenant),
        row -> row.getBoolean(1));
  }
}
