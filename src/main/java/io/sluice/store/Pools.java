package io.sluice.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * What the stores run their statements on: several pools, so that those who read lists can never
 * take the places of what transfers look up.
 */
public final class Pools implements AutoCloseable {
  /** One connection: who seals does so for one tenant after the other. */
  private static final int SEALING = 1;

  private final Statements lookUps;
  private final Statements lists;
  private final Statements seals;
  private final List<BoundedPool> own;

  private Pools(
      ConnectionPool lookUps, ConnectionPool lists, ConnectionPool seals, List<BoundedPool> own) {
    this.lookUps = new Statements(lookUps);
    this.lists = new Statements(lists);
    this.seals = new Statements(seals);
    this.own = own;
  }

  /** The pools of a gateway. They connect when first used. */
  public static Pools open(Connector connector, MeterRegistry registry) {
    var limits = connector.database().limits();
    BoundedPool lookUps =
        pool("lookups", ConnectionUse.POOL, limits.poolSize(), connector, registry);
    BoundedPool lists =
        pool("lists", ConnectionUse.LIST, limits.listPoolSize(), connector, registry);
    BoundedPool seals = pool("seals", ConnectionUse.SEAL, SEALING, connector, registry);
    return new Pools(lookUps, lists, seals, List.of(lookUps, lists, seals));
  }

  private static BoundedPool pool(
      String name, ConnectionUse use, int size, Connector connector, MeterRegistry registry) {
    var limits = connector.database().limits();
    var bounds =
        new BoundedPool.Bounds(
            size,
            limits.poolWaitQueue(),
            limits.connectionTimeoutMs(),
            limits.queryTimeoutMs(),
            limits.idleTimeoutMs(),
            limits.maxLifetimeMs());
    var meters = new PoolMeters(registry, name);
    var pool = new BoundedPool(name, use, connector, bounds, meters);
    meters.watch(pool, size);
    return pool;
  }

  /** Somebody else's. */
  public static Pools of(ConnectionPool lookUps, ConnectionPool lists) {
    return new Pools(lookUps, lists, lookUps, List.of());
  }

  /** For what transfers and other writes need. Each call is short. */
  public Statements lookUps() {
    return lookUps;
  }

  /** For what is only shown and may be long: lists, counts, histories. */
  public Statements lists() {
    return lists;
  }

  /** For sealing the books, which must keep nobody waiting. */
  public Statements seals() {
    return seals;
  }

  /** Closes all connections, whatever they are doing. */
  @Override
  public void close() {
    own.forEach(BoundedPool::close);
  }
}
