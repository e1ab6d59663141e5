package io.sluice.assembly;

import io.micrometer.core.instrument.Gauge;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.gateway.Gateway;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.operations.AdministrationParts;
import io.sluice.pipeline.LanePipeline;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
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
  private final SluiceConfig config;
  private Gateway gateway;

  private Assembly(
      Foundation base,
      Pool pool,
      AccessParts access,
      Ids ids,
      List<Provider> providers,
      SluiceConfig config) {
    this.pool = pool;
    Gauge.builder("sluice.pool.connections", pool, Pool::size)
        .description("Open connections of the general pool")
        .strongReference(true)
        .register(base.registry());
    this.access = access;
    this.config = config;
    tenants = new PgTenantStore(pool);
    var transfers = new PgTransferStore(pool);
    pipeline =
        new LanePipeline(
            base.vertx(),
            base.database(),
            config.pipeline(),
            transfers,
            base.clock(),
            ids,
            base.registry());
    services =
        new Services(
            pipeline,
            new PgHolderStore(pool, base.clock()),
            new PgAssetStore(pool),
            transfers,
            access.tokens(),
            access.credentials(),
            access.buckets(),
            base.clock(),
            ids);
    var parts = new Provider.Parts(services, pool, config);
    dialects = providers.stream().map(provider -> provider.maker().apply(parts)).toList();
  }

  /** Connects to the database, then listens. */
  public static Future<Assembly> start(
      Foundation base, List<Provider> providers, SluiceConfig config) {
    Pool pool = base.database().pool(base.vertx());
    Ids ids = new TimeOrderedIds(base.clock());
    return Future.succeededFuture()
        .map(ready -> AccessParts.create(base, pool, ids, config.access()))
        .map(access -> new Assembly(base, pool, access, ids, providers, config))
        .compose(assembly -> assembly.open(base))
        .onFailure(failure -> pool.close());
  }

  private Future<Assembly> open(Foundation base) {
    return access.refreshRates().compose(done -> pipeline.start()).compose(done -> listen(base));
  }

  private Future<Assembly> listen(Foundation base) {
    return Gateway.start(base.vertx(), config.http(), dialects, base.registry())
        .map(
            started -> {
              gateway = started;
              base.vertx().setPeriodic(RATE_REFRESH_MS, timer -> refreshRates());
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
    long drainTimeoutMs = config.pipeline().drainTimeoutMs();
    return gateway
        .stop(drainTimeoutMs)
        .transform(stopped -> pipeline.close(drainTimeoutMs))
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
        access::refreshRates,
        dialects,
        services.clock());
  }

  /** The pool of everything but transfers. */
  public Pool pool() {
    return pool;
  }
}
