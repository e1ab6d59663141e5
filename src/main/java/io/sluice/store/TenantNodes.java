package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads from the catalog of Citus which node has a tenant's rows. */
public final class TenantNodes {
  /** Never changes, so it is asked for once a tenant. */
  private static final String HASH = "SELECT worker_hash($1::integer) AS hash";

  /** All tables that are distributed lie beside accounts. */
  private static final String SHARDS =
      """
      SELECT s.shardminvalue::integer AS lowest, s.shardmaxvalue::integer AS highest,
             n.nodename AS host, n.nodeport AS port
      FROM pg_dist_shard AS s
      JOIN pg_dist_placement AS p USING (shardid)
      JOIN pg_dist_node AS n ON n.groupid = p.groupid AND n.noderole = 'primary'
      WHERE s.logicalrelid = 'account'::regclass AND s.shardminvalue IS NOT NULL
      """;

  private final Statements statements;

  /**
   * @param pools of the coordinator
   */
  public TenantNodes(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** The place of a tenant among all that there may be; fails with a {@link StoreException}. */
  public Future<Integer> hash(TenantId tenant) {
    return statements
        .first(HASH, row -> row.getInteger("hash"), tenant.value())
        .map(Optional::orElseThrow);
  }

  /** Where tenants are now; fails with a {@link StoreException}. */
  public Future<Shards> shards() {
    return statements.all(SHARDS, TenantNodes::shard).map(Shards::new);
  }

  private static Shard shard(Row row) {
    return new Shard(
        row.getInteger("lowest"),
        row.getInteger("highest"),
        new Server(row.getString("host"), row.getInteger("port")));
  }

  /**
   * The tenants of a range, and where they are.
   *
   * @param lowest hash of a tenant in it
   * @param highest hash of a tenant in it
   * @param node as the nodes of the cluster know it
   */
  public record Shard(int lowest, int highest, Server node) {}

  /** Which node has which tenants. Never changes. */
  public static final class Shards {
    private final NavigableMap<Integer, Shard> byLowest = new TreeMap<>();

    /**
     * @param shards none where the tables are not distributed
     */
    public Shards(List<Shard> shards) {
      shards.forEach(shard -> byLowest.put(shard.lowest(), shard));
    }

    /** The node of the tenants of a hash; empty where nobody knows one. */
    public Optional<Server> nodeOf(int hash) {
      return Optional.ofNullable(byLowest.floorEntry(hash))
          .filter(entry -> hash <= entry.getValue().highest())
          .map(entry -> entry.getValue().node());
    }

    /** The nodes that have tenants, each once. */
    public Collection<Server> nodes() {
      return byLowest.values().stream().map(Shard::node).distinct().toList();
    }
  }
}
