package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.loop.EventLoop;
import io.sluice.pipeline.BatchTracer;
import io.sluice.pipeline.LanePipeline;
import io.sluice.pipeline.NodePipelines;
import io.sluice.pipeline.PipelineParts;
import io.sluice.store.Asset;
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.store.Holder;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.TenantNodes;
import io.sluice.store.Verifier;
import io.sluice.store.seal.Commits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline over a database of its own, with one tenant, and short words for commands. */
public final class LedgerFixture implements AutoCloseable {
  /** Nothing may run out of time because the machine is busy. */
  public static final PipelineSettings SETTINGS = settings(Map.of());

  /** Patient settings, but for these keys. */
  public static PipelineSettings settings(Map<String, String> changes) {
    var all =
        new HashMap<>(
            Map.of(
                "pipeline.deadlineMs",
                "600000",
                "pipeline.flushTimeoutMs",
                "60000",
                "pipeline.lockTimeoutMs",
                "60000",
                "pipeline.maxWaitMs",
                "600000"));
    all.putAll(changes);
    return PipelineSettings.SECTION.of(all);
  }

  private final TestDatabase testDatabase = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Pools pools = testDatabase.pools(vertx);
  private final Clock clock = Clock.systemUTC();
  private final PgHolderStore holders = new PgHolderStore(pools, clock);
  private final PgAssetStore assets = new PgAssetStore(pools);
  private final PgTransferStore transfers = new PgTransferStore(pools);
  private final Ids ids = new TimeOrderedIds(clock);
  private final LanePipeline pipeline;
  private final TenantId tenant;

  public LedgerFixture() {
    this(SETTINGS);
  }

  public LedgerFixture(PipelineSettings settings) {
    pipeline = newPipeline(settings);
    tenant = newTenant("fixture");
  }

  /** A further pipeline over the same database, as another process would have. */
  public LanePipeline newPipeline(PipelineSettings settings) {
    return newPipeline(settings, testDatabase.database());
  }

  /** The same, on another way to the database. */
  public LanePipeline newPipeline(PipelineSettings settings, Database database) {
    var further =
        new LanePipeline(
            vertx,
            new Connector(vertx, database),
            settings,
            transfers,
            clock,
            ids,
            new SimpleMeterRegistry(),
            BatchTracer.NONE);
    Await.result(further.start());
    return further;
  }

  /** Pipelines to the nodes of a Citus cluster, as a further process would have. */
  public NodePipelines newNodePipelines(PipelineSettings settings) {
    var parts =
        new PipelineParts(
            vertx,
            settings,
            transfers,
            clock,
            ids,
            new SimpleMeterRegistry(),
            BatchTracer.NONE,
            new Commits());
    var further = new NodePipelines(parts, connector(), new TenantNodes(pools));
    Await.result(further.start());
    return further;
  }

  /** A further event loop. */
  public EventLoop loop() {
    return EventLoop.create(vertx);
  }

  /** A further way to the database. */
  public Connector connector() {
    return new Connector(vertx, testDatabase.database());
  }

  public TenantId newTenant(String name) {
    return Await.result(new PgTenantStore(pools).create(name)).orElseThrow().id();
  }

  public Pools pools() {
    return pools;
  }

  /**
   * A connection of a stranger's, who keeps an account locked until it is rolled back or closed.
   */
  public Connection locking(AccountRef account) throws SQLException {
    Connection stranger = testDatabase.database().dataSource().getConnection();
    stranger.setAutoCommit(false);
    try (Statement statement = stranger.createStatement()) {
      statement.execute(
          "SELECT 1 FROM account WHERE id = '" + account.id().value() + "' FOR UPDATE");
    }
    return stranger;
  }

  public TestDatabase testDatabase() {
    return testDatabase;
  }

  public LanePipeline pipeline() {
    return pipeline;
  }

  public TenantId tenant() {
    return tenant;
  }

  public PgHolderStore holders() {
    return holders;
  }

  public PgTransferStore transfers() {
    return transfers;
  }

  public Ids ids() {
    return ids;
  }

  public AssetId asset(boolean lots) {
    Instant now = clock.instant();
    var id = new AssetId(ids.next());
    var asset =
        new Asset(
            tenant,
            id,
            "test.asset",
            id.value().toString(),
            2,
            lots,
            HolderStatus.ACTIVE,
            "{}",
            now,
            now);
    Await.result(assets.insert(asset));
    return id;
  }

  public HolderId holder(HolderStatus status) {
    Instant now = clock.instant();
    var id = new HolderId(ids.next());
    var holder =
        new Holder(tenant, id, "test.holder", id.value().toString(), status, "{}", now, now);
    Await.result(holders.insert(holder));
    return id;
  }

  public AccountRef account(AssetId asset, AccountKind kind) {
    return AccountRef.of(holder(HolderStatus.ACTIVE), asset, Bucket.AVAILABLE, kind);
  }

  /** An account that has been credited from a system account. */
  public AccountRef account(AssetId asset, AccountKind kind, long balance) {
    AccountRef account = account(asset, kind);
    submit(command(Leg.of(account(asset, AccountKind.SYSTEM), account, Amount.of(balance))));
    return account;
  }

  public TransferCommand command(Leg... legs) {
    return command(Optional.empty(), List.of(), legs);
  }

  public TransferCommand command(Optional<IdempotencyKey> key, List<Check> checks, Leg... legs) {
    return command(key, new Intent.Move(checks, List.of(legs)));
  }

  public TransferCommand command(Optional<IdempotencyKey> key, Intent intent) {
    return TransferCommand.of(
            Principal.operator(tenant), new TransferId(ids.next()), "test.transfer")
        .key(key)
        .balanceLimit(Amount.MAX_LONG)
        .to(intent);
  }

  public static Optional<IdempotencyKey> key(String text, String wish) {
    return Optional.of(IdempotencyKey.of("test", text, Digest.start().add(wish)));
  }

  public Outcome submit(TransferCommand command) {
    return Await.result(pipeline.submit(command));
  }

  public Future<Outcome> submitLater(TransferCommand command) {
    return pipeline.submit(command);
  }

  /** An account's balance as committed; empty when it was never opened. */
  public Optional<Amount> balance(AccountRef account) {
    return Await.result(holders.balances(tenant, account.holder())).stream()
        .filter(b -> b.account().equals(account.id()))
        .map(b -> b.balance())
        .findFirst();
  }

  /** Whatever a test did, the books are whole at its end. */
  @Override
  public void close() {
    Await.result(pipeline.close(5_000));
    Await.result(vertx.close());
    try {
      assertThat(Verifier.run(testDatabase.database(), progress -> {}).findings()).isEmpty();
    } finally {
      testDatabase.close();
    }
  }
}
