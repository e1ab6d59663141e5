package io.sluice.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.share.Presence;
import java.util.List;

/**
 * What the stores run their statements on: several pools, so that those who read lists can never
 * take the places of what transfers look up.
 */
public final class Pools implements AutoCloseable {
  /** One connection: who seals does so for one tenant after the other. */
  private static final int SEALING = 1;

  /** Whoever reads lists while others read does so one by one: more keep processors from them. */
  private static final int SHARE_OF_LISTS = 1;

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
    var presence = new Presence<>();
    var free = new Sharing(limits.poolSize(), presence);
    var inTurn = new Sharing(SHARE_OF_LISTS, presence);
    var alone = new Sharing(SEALING, new Presence<>());
    BoundedPool lookUps =
        pool("lookups", ConnectionUse.POOL, limits.poolSize(), free, connector, registry);
    BoundedPool lists =
        pool("lists", ConnectionUse.LIST, limits.listPoolSize(), inTurn, connector, registry);
    BoundedPool seals = pool("seals", ConnectionUse.SEAL, SEALING, alone, connector, registry);
    return new Pools(lookUps, lists, seals, List.of(lookUps, lists, seals));
  }

  private static BoundedPool pool(
      String name,
      ConnectionUse use,
      int size,
      Sharing sharing,
      Connector connector,
      MeterRegistry registry) {
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
    var pool = new BoundedPool(name, use, connector, bounds, sharing, meters);
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

  /**
   * The same pools for what no client waits for, which makes no client share with it. Whoever
   * opened them closes them.
   */
  public Pools inBackground() {
    return new Pools(
        new BackgroundPool(lookUps.pool()),
        new BackgroundPool(lists.pool()),
        new BackgroundPool(seals.pool()),
        List.of());
  }

  /** Closes all connections, whatever they are doing. */
  @Override
  public void close() {
    own.forEach(BoundedPool::close);
  }
}
