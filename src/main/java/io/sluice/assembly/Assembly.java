package io.sluice.assembly;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.gateway.Gateway;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.operations.AdministrationParts;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.Database;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Sluice but its management port, put together over a migrated database. */
public final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final long RATE_REFRESH_MS = 10_000;

  private final Pool pool;
  private final TenantStore tenants;
  private final AccessParts access;
  private final LanePipeline pipeline;
  private final Services services;
  private final List<Dialect> dialects;
  private final AssemblyOptions options;
  private Gateway gateway;

  private Assembly(
      Vertx vertx,
      Database database,
      Pool pool,
      AccessParts access,
      AssemblyOptions options,
      Ids ids,
      MeterRegistry registry) {
    this.pool = pool;
    Gauge.builder("sluice.pool.connections", pool, Pool::size)
        .description("Open connections of the general pool")
        .strongReference(true)
        .register(registry);
    this.access = access;
    this.options = options;
    tenants = new PgTenantStore(pool);
    var transfers = new PgTransferStore(pool);
    pipeline =
        new LanePipeline(
            vertx, database, options.pipeline(), transfers, options.clock(), ids, registry);
    services =
        new Services(
            pipeline,
            new PgHolderStore(pool, options.clock()),
            new PgAssetStore(pool, options.clock()),
            transfers,
            access.tokens(),
            access.credentials(),
            access.buckets(),
            options.clock(),
            ids);
    dialects = Dialects.all(services, pool, options.isometric(), options.rateLimit());
  }

  /**
   * Connects to the database, then listens.
   *
   * @param vertx carries everything; the caller closes it after {@link #stop()}
   */
  public static Future<Assembly> start(
      Vertx vertx, Database database, AssemblyOptions options, MeterRegistry registry) {
    Pool pool = database.pool(vertx);
    Ids ids = new TimeOrderedIds(options.clock());
    return Future.succeededFuture()
        .map(ready -> AccessParts.create(vertx, pool, ids, options))
        .map(access -> new Assembly(vertx, database, pool, access, options, ids, registry))
        .compose(assembly -> assembly.open(vertx, registry))
        .onFailure(failure -> pool.close());
  }

  private Future<Assembly> open(Vertx vertx, MeterRegistry registry) {
    return access
        .refreshRates()
        .compose(done -> pipeline.start())
        .compose(done -> listen(vertx, registry));
  }

  private Future<Assembly> listen(Vertx vertx, MeterRegistry registry) {
    return Gateway.start(vertx, options.http(), dialects, registry)
        .map(
            started -> {
              gateway = started;
              vertx.setPeriodic(RATE_REFRESH_MS, timer -> refreshRates());
              return this;
            })
        // Nobody else knows of the lanes' connections yet.
        .recover(
            failure ->
                pipeline.close(0).transform(closed -> Future.<Assembly>failedFuture(failure)));
  }

  private void refreshRates() {
    access
        .refreshRates()
        .onFailure(failure -> LOG.warn("rates of tenants not refreshed: {}", failure.getMessage()));
  }

  /** Answers what is in flight, lets the pipeline finish, and closes all connections. */
  public Future<Void> stop() {
    return gateway
        .stop()
        .transform(stopped -> pipeline.close(options.http().drainMs()))
        .transform(closed -> pool.close());
  }

  public Gateway gateway() {
    return gateway;
  }

  public LanePipeline pipeline() {
    return pipeline;
  }

  public Services services() {
    return services;
  }

  public AccessParts access() {
    return access;
  }

  public TenantStore tenants() {
    return tenants;
  }

  public List<Dialect> dialects() {
    return dialects;
  }

  /** What the management port administers. */
  public AdministrationParts administration() {
    return new AdministrationParts(
        tenants,
        access.rules(),
        access.tokens(),
        access.issuer(),
        services.holders(),
        access::refreshRates,
        dialects,
        services.clock());
  }

  /** The pool of everything but transfers. */
  public Pool pool() {
    return pool;
  }
}
