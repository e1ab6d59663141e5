package io.sluice.pipeline;

import io.micrometer.core.instrument.Tags;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.pipeline.TenantHome.Order;
import io.sluice.store.Connector;
import io.sluice.store.Server;
import io.sluice.store.TenantNodes;
import io.sluice.store.TenantNodes.Shards;
import io.sluice.store.seal.Commits;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On Citus, a pipeline for each node that has tenants, with lanes that lead straight there: a batch
 * is one node's transaction, and the coordinator is on nobody's path. Where tenants are is read
 * again now and then, and soon after a transaction has failed. What is out of date costs no more
 * than time, since every node reaches the rows of every tenant. Tenants whose node is not known, or
 * cannot be reached from here, are served by way of the coordinator. All of them together let no
 * more in than one pipeline would, and each node has an equal share of that.
 */
public final class NodePipelines implements ServingPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(NodePipelines.class);

  /** Nodes that lanes are opened to; the tenants of further ones go by way of the coordinator. */
  static final int MAX_NODES = 64;

  private static final long TICK_MS = 200;

  /** Without a failure: so long may a tenant that was moved go by way of its former node. */
  private static final int TICKS_OF_A_LOOK = 25;

  private final PipelineParts parts;
  private final Connector connector;
  private final TenantNodes directory;
  private final EventLoop loop;
  private final NodeLanes coordinator;
  private final Map<Server, NodeLanes> nodes = new ConcurrentHashMap<>();
  private final Map<TenantId, TenantHome> homes = new ConcurrentHashMap<>();

  /** Commands that may be inside of all pipelines together, or held. */
  private final int capacity;

  private final Semaphore places;
  private final Look look = new Look();

  /** What the event loop alone knows. */
  private static final class Look {
    private final Map<TenantId, Integer> hashes = new HashMap<>();
    private final Set<Server> unreached = new HashSet<>();
    private Shards shards = new Shards(List.of());
    private long timer;
    private int ticks;
    private boolean retry = true;
    private boolean doubted;
    private boolean looking;
    private boolean failing;
    private boolean closed;
  }

  /**
   * Pipelines that are not connected yet.
   *
   * @param connector to the coordinator
   * @param directory read by way of the coordinator
   */
  public NodePipelines(PipelineParts parts, Connector connector, TenantNodes directory) {
    this.parts = parts;
    this.connector = connector;
    this.directory = directory;
    this.loop = EventLoop.create(parts.vertx());
    this.capacity = parts.settings().mostInside();
    this.places = new Semaphore(capacity);
    this.coordinator = lanes(connector, own());
  }

  /** The coordinator, which may have tenants too. */
  private Server own() {
    return connector.database().servers().getFirst();
  }

  private NodeLanes lanes(Connector to, Server node) {
    PipelineSettings settings = parts.settings();
    IntSupplier share = () -> Math.max(1, capacity / Math.max(1, nodes.size()));
    var pipeline =
        new LanePipeline(
            parts,
            to,
            Tags.of("node", node.toString()),
            () -> Math.min(settings.queueCapacity(), share.getAsInt()),
            this::doubt);
    return new NodeLanes(pipeline, share, Duration.ofMillis(settings.retryAfterMs()));
  }

  /** Has the catalog read soon. */
  private void doubt() {
    loop.run(here -> look.doubted = true);
  }

  @Override
  public Future<Void> start() {
    return coordinator.pipeline().start().compose(started -> loop.call(this::begin));
  }

  private Future<Void> begin() {
    look.timer = parts.vertx().setPeriodic(TICK_MS, tick -> tick());
    return look();
  }

  private void tick() {
    long now = System.nanoTime();
    homes.values().forEach(home -> home.expire(now, coordinator));
    look.ticks++;
    if (!look.looking && look.ticks >= TICKS_OF_A_LOOK) {
      look.ticks = 0;
      look.retry = true;
      look();
    } else if (!look.looking && look.doubted) {
      look();
    }
  }

  /** Looks where tenants are, and has their commands go there; always successful. */
  private Future<Void> look() {
    look.looking = true;
    look.doubted = false;
    return directory
        .shards()
        .compose(this::openLanes)
        .onSuccess(this::place)
        .transform(
            done -> {
              look.looking = false;
              look.retry = false;
              tell(done.cause());
              return Future.succeededFuture();
            });
  }

  /** Once until it goes again. */
  private void tell(Throwable failure) {
    if (failure != null && !look.failing) {
      LOG.warn("Where tenants are is not known, which is tried again: {}", failure.toString());
    } else if (failure == null && look.failing) {
      LOG.info("Where tenants are is known again");
    }
    look.failing = failure != null;
  }

  private Future<Shards> openLanes(Shards found) {
    List<Future<?>> opened = new ArrayList<>();
    for (Server node : found.nodes()) {
      boolean wanted = !node.equals(own()) && (look.retry || !look.unreached.contains(node));
      if (wanted && !nodes.containsKey(node) && nodes.size() + opened.size() < MAX_NODES) {
        opened.add(openLanes(node));
      }
    }
    look.unreached.retainAll(found.nodes());
    return Future.join(opened).transform(done -> Future.succeededFuture(found));
  }

  private Future<Void> openLanes(Server node) {
    NodeLanes lanes = lanes(connector.at(node), node);
    return lanes
        .pipeline()
        .start()
        .onSuccess(started -> keep(node, lanes))
        .onFailure(
            failure -> {
              if (look.unreached.add(node)) {
                LOG.atWarn()
                    .addKeyValue("sluice.server", node)
                    .log("No lanes to a node; its tenants go by way of the coordinator", failure);
              }
              end(lanes);
            });
  }

  private void keep(Server node, NodeLanes lanes) {
    if (look.closed) {
      end(lanes);
      return;
    }
    look.unreached.remove(node);
    nodes.put(node, lanes);
    LOG.atInfo().addKeyValue("sluice.server", node).log("Lanes lead straight to a node");
  }

  private void end(NodeLanes lanes) {
    LanePipeline pipeline = lanes.pipeline();
    pipeline.close(parts.settings().drainTimeoutMs()).onComplete(closed -> pipeline.forget());
  }

  private void place(Shards found) {
    look.shards = found;
    homes.forEach(this::place);
    nodes.forEach(
        (node, lanes) -> {
          boolean used = homes.values().stream().anyMatch(home -> home.uses(lanes));
          if (!used && !found.nodes().contains(node)) {
            nodes.remove(node);
            end(lanes);
          }
        });
  }

  private void place(TenantId tenant, TenantHome home) {
    Integer hash = look.hashes.get(tenant);
    if (hash != null) {
      home.moveTo(look.shards.nodeOf(hash).map(nodes::get).orElse(coordinator));
      return;
    }
    directory
        .hash(tenant)
        .onSuccess(
            found -> {
              look.hashes.put(tenant, found);
              place(tenant, home);
            })
        // It is asked for again with the next look.
        .onFailure(failure -> home.moveTo(coordinator));
  }

  @Override
  public Future<Outcome> submit(TransferCommand command) {
    if (!places.tryAcquire()) {
      return coordinator.turnAway(command);
    }
    return home(command.tenant())
        .submit(order(command, false))
        .onComplete(done -> places.release());
  }

  @Override
  public Future<Outcome> submitBehind(TransferCommand command) {
    return home(command.tenant()).submit(order(command, true));
  }

  private Order order(TransferCommand command, boolean behind) {
    long patience = TimeUnit.MILLISECONDS.toNanos(parts.settings().deadlineMs());
    return new Order(command, behind, System.nanoTime() + patience);
  }

  private TenantHome home(TenantId tenant) {
    TenantHome known = homes.get(tenant);
    return known != null ? known : homes.computeIfAbsent(tenant, this::newHome);
  }

  private TenantHome newHome(TenantId tenant) {
    var home = new TenantHome();
    loop.run(here -> place(tenant, home));
    return home;
  }

  @Override
  public Optional<Duration> turnsAway(TenantId tenant) {
    return Optional.ofNullable(homes.get(tenant))
        .flatMap(TenantHome::lanes)
        .flatMap(lanes -> lanes.pipeline().turnsAway(tenant));
  }

  /** The node that lanes carry a tenant's commands to; empty by way of the coordinator. */
  Optional<Server> nodeOf(TenantId tenant) {
    return Optional.ofNullable(homes.get(tenant))
        .flatMap(TenantHome::lanes)
        .flatMap(
            used ->
                nodes.entrySet().stream()
                    .filter(node -> node.getValue() == used)
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  @Override
  public Commits commits() {
    return parts.commits();
  }

  /** All together: while any node is reached, some tenants are served. */
  @Override
  public int connectedLanes() {
    return all().mapToInt(LanePipeline::connectedLanes).sum();
  }

  private Stream<LanePipeline> all() {
    return Stream.concat(Stream.of(coordinator), nodes.values().stream()).map(NodeLanes::pipeline);
  }

  /** What all nodes that lanes lead to lack: while any lacks nothing, its tenants are served. */
  @Override
  public Optional<String> databaseLacks() {
    List<LanePipeline> asked =
        nodes.isEmpty()
            ? List.of(coordinator.pipeline())
            : nodes.values().stream().map(NodeLanes::pipeline).toList();
    List<String> lacks =
        asked.stream().map(LanePipeline::databaseLacks).flatMap(Optional::stream).toList();
    return lacks.size() == asked.size() ? lacks.stream().findFirst() : Optional.empty();
  }

  @Override
  public Future<Void> close(long timeoutMs) {
    return loop.call(
        () -> {
          look.closed = true;
          parts.vertx().cancelTimer(look.timer);
          return Future.join(all().map(each -> each.close(timeoutMs)).toList()).mapEmpty();
        });
  }
}
