package io.sluice.assembly;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.sluice.config.SluiceConfig;
import io.sluice.config.VerifySettings;
import io.sluice.dialect.Bulk;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.NameIndex;
import io.sluice.dialect.Services;
import io.sluice.gateway.Gateway;
import io.sluice.gateway.Hosts;
import io.sluice.gateway.Port;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.operations.AdministrationParts;
import io.sluice.operations.Verification;
import io.sluice.pipeline.LanePipeline;
import io.sluice.pipeline.NodePipelines;
import io.sluice.pipeline.PipelineParts;
import io.sluice.pipeline.ServingPipeline;
import io.sluice.store.Clues;
import io.sluice.store.Connector;
import io.sluice.store.Finder;
import io.sluice.store.Inspection;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.TenantNodes;
import io.sluice.store.TenantStore;
import io.sluice.store.TransferStore;
import io.sluice.store.Verifier;
import io.sluice.store.events.EventTrail;
import io.sluice.store.events.Listeners;
import io.sluice.store.seal.Commits;
import io.sluice.store.seal.Journal;
import io.sluice.store.seal.SealProofs;
import io.sluice.store.seal.SealedBooks;
import io.sluice.store.seal.Sealer;
import io.sluice.tracing.Tracing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Sluice but its management port, put together over a migrated database. */
public final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final long RATE_REFRESH_MS = 10_000;
  private static final long AUDIT_MS = 60_000;
  private static final long SEAL_STOP_MS = 2_000;

  /** Beside traffic: this process has no more memory than that for anything else. */
  private static final long MAX_VERIFY_BYTES = 64 << 20;

  private static final long TRACING_STOP_MS = 2_000;

  private final Pools pools;
  private final TenantStore tenants;
  private final AccessParts access;
  private final Tracing tracing;
  private final ServingPipeline pipeline;
  private final Sealer sealer;
  private final SealedBooks seals;
  private final Services services;
  private final List<Dialect> dialects;
  private final EventAssembly events;
  private final SluiceConfig config;
  private final Chores chores;
  private final Verification verification;
  private Optional<Gateway> gateway = Optional.empty();

  private Assembly(
      Foundation base,
      Connector connector,
      Pools pools,
      AccessParts access,
      Ids ids,
      List<Provider> providers,
      SluiceConfig config) {
    this.pools = pools;
    this.access = access;
    this.config = config;
    tracing =
        Tracing.of(config.tracing(), config.httpTls().scheme(), Version.text(), base.registry());
    tenants = new PgTenantStore(pools);
    var transfers = new PgTransferStore(pools);
    pipeline = pipeline(parts(base, config, transfers, ids, tracing), connector, pools);
    sealer =
        new Sealer(
            base.vertx(),
            pools,
            new PgTenantStore(pools.inBackground()),
            config.seal(),
            base.clock(),
            pipeline.commits(),
            base.registry());
    seals = new SealedBooks(pools, sealer);
    services =
        new Services(
            tracing.following(pipeline),
            new PgHolderStore(pools, base.clock()),
            new PgAssetStore(pools),
            transfers,
            seals,
            access.tokens(),
            access.credentials(),
            access.buckets(),
            base.clock(),
            ids,
            names(config, base.registry()),
            bulk(config, base.registry()),
            new Listeners(base.vertx(), pools));
    events = EventAssembly.of(base, pools, services.listeners(), config.events());
    var parts = new Provider.Parts(services, pools, events.parts(), config, access.audit());
    dialects = providers.stream().map(provider -> provider.maker().apply(parts)).toList();
    verification = verification(base, config);
    chores = new Chores(base.vertx(), chores(dialects, events), base.registry());
  }

  private static List<Chore> chores(List<Dialect> dialects, EventAssembly events) {
    return Stream.concat(
            dialects.stream().flatMap(dialect -> dialect.chores().stream()),
            events.chores().stream())
        .toList();
  }

  private static PipelineParts parts(
      Foundation base, SluiceConfig config, TransferStore transfers, Ids ids, Tracing tracing) {
    return new PipelineParts(
        base.vertx(),
        config.pipeline(),
        transfers,
        base.clock(),
        ids,
        base.registry(),
        tracing.batches(),
        new Commits());
  }

  private static ServingPipeline pipeline(PipelineParts parts, Connector connector, Pools pools) {
    return connector.database().citus()
        ? new NodePipelines(parts, connector, new TenantNodes(pools))
        : new LanePipeline(parts, connector);
  }

  /** On one connection: there is traffic beside it, other than beside the command. */
  private static Verification verification(Foundation base, SluiceConfig config) {
    long memory = Math.min(config.verify().memoryBytes(), MAX_VERIFY_BYTES);
    var settings = new VerifySettings(1, config.verify().exact(), memory);
    return new Verification(
        progress -> Verifier.run(base.database(), settings, progress), base.clock());
  }

  private static NameIndex names(SluiceConfig config, MeterRegistry registry) {
    var names = new NameIndex(config.names().memoryBytes());
    Gauge.builder("sluice.names", names, NameIndex::size)
        .description("Names of ledgers, subledgers and participants that are remembered")
        .register(registry);
    Gauge.builder("sluice.names.memory", names, NameIndex::bytes)
        .description("Memory of the names that are remembered")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    return names;
  }

  private static Bulk bulk(SluiceConfig config, MeterRegistry registry) {
    var bulk = new Bulk(config.bulk());
    Gauge.builder("sluice.bulk.lines", bulk, Bulk::linesAtWork)
        .description("Lines of bulk requests that are at work")
        .register(registry);
    return bulk;
  }

  /** Connects to the database, then listens. */
  public static Future<Assembly> start(
      Foundation machine, List<Provider> providers, SluiceConfig config) {
    return connect(machine, providers, config)
        .compose(assembly -> assembly.listen(machine).onFailure(failure -> assembly.pools.close()));
  }

  /** Connects to the database, and carries out what this process itself asks for. */
  static Future<Assembly> connect(
      Foundation machine, List<Provider> providers, SluiceConfig config) {
    Foundation base = machine.withSteadyClock();
    var connector = new Connector(base.vertx(), base.database());
    Pools pools = Pools.open(connector, base.registry());
    Ids ids = new TimeOrderedIds(base.clock());
    return Future.succeededFuture()
        .map(ready -> AccessParts.create(base, pools, ids, config.access()))
        .map(access -> new Assembly(base, connector, pools, access, ids, providers, config))
        .compose(Assembly::open)
        .onFailure(failure -> pools.close());
  }

  private Future<Assembly> open() {
    return access
        .refreshRates()
        .compose(done -> services.listeners().start())
        .compose(done -> pipeline.start())
        .map(done -> this);
  }

  private Future<Assembly> listen(Foundation base) {
    var port = new Port("http", config.http(), config.httpTls(), Hosts.ANY);
    return Gateway.start(base.vertx(), port, dialects, base.registry())
        .map(
            started -> {
              started.registerCertificate(base.registry());
              gateway = Optional.of(started);
              started.follow(tracing.calls());
              events.start(dialects);
              sealer.start();
              base.vertx().setPeriodic(RATE_REFRESH_MS, timer -> refreshRates());
              base.vertx().setPeriodic(AUDIT_MS, timer -> access.audit().writeUnlisted());
              chores.start();
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
    chores.stop();
    verification.stop();
    return gateway
        .map(open -> open.stop(drainTimeoutMs))
        .orElseGet(Future::succeededFuture)
        .transform(stopped -> pipeline.close(drainTimeoutMs))
        .transform(closed -> Future.join(events.stop(), tracing.stop(TRACING_STOP_MS)))
        .transform(closed -> sealer.stop(SEAL_STOP_MS))
        .<Void>transform(ended -> Future.succeededFuture())
        .onComplete(closed -> pools.close());
  }

  public Gateway gateway() {
    return gateway.orElseThrow();
  }

  public ServingPipeline pipeline() {
    return pipeline;
  }

  public Services services() {
    return services;
  }

  /** What dialects are made of that have events. */
  public EventParts eventParts() {
    return events.parts();
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
        services.clock(),
        access.audit(),
        new SealProofs(pools, seals),
        new Journal(pools),
        finder(),
        new Inspection(pools, services.transfers(), services.holders()),
        new EventTrail(pools),
        access.administrators(),
        pipeline,
        verification);
  }

  /** Looks in the books of all dialects. */
  private Finder finder() {
    return new Finder(
        pools,
        dialects.stream().map(Dialect::clues).reduce(Clues.NONE, Clues::and),
        dialects.stream()
            .flatMap(dialect -> dialect.credentials().stream())
            .map(type -> type.name().text())
            .toList());
  }

  /** The connections of everything but transfers. */
  public Pools pools() {
    return pools;
  }
}
