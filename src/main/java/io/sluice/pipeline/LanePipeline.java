package io.sluice.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.store.AccountNumbers;
import io.sluice.store.BooksSession;
import io.sluice.store.Connector;
import io.sluice.store.TransferStore;
import io.sluice.store.seal.Commits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The pipeline: a bounded waiting room before a few lanes, all on one event loop, so that nothing
 * here needs a lock. A free lane takes what waits, at most its fair share; an idle one takes a
 * command at once, so a lone request pays nothing for the batching.
 */
public final class LanePipeline implements ServingPipeline {
  private final Vertx vertx;
  private final EventLoop loop;
  private final Connector connector;
  private final PipelineSettings settings;
  private final Vitals vitals = new Vitals();
  private final Want want = new Want(System::nanoTime);
  private final Door door = new Door(System::nanoTime);
  private final AccountNumbers numbers = new AccountNumbers();
  private final PipelineMetrics metrics;
  private final Attempts attempts;
  private final Dispatcher dispatcher;

  /** A pipeline on an event loop of its own. {@link #start()} must be called before any command. */
  public LanePipeline(
      Vertx vertx,
      Connector connector,
      PipelineSettings settings,
      TransferStore transfers,
      Clock clock,
      Ids ids,
      MeterRegistry registry,
      BatchTracer tracer) {
    this(
        new PipelineParts(vertx, settings, transfers, clock, ids, registry, tracer, new Commits()),
        connector);
  }

  /** The only pipeline of its process. */
  public LanePipeline(PipelineParts parts, Connector connector) {
    this(parts, connector, Tags.empty(), parts.settings()::queueCapacity, () -> {});
  }

  /**
   * One of several pipelines.
   *
   * @param tags by which its gauges differ from those of the others
   * @param capacity commands that may wait, as its gauge tells it
   * @param doubt run on its event loop whenever a transaction has failed
   */
  LanePipeline(
      PipelineParts parts, Connector connector, Tags tags, IntSupplier capacity, Runnable doubt) {
    this.vertx = parts.vertx();
    this.loop = EventLoop.create(vertx);
    this.connector = connector;
    this.settings = parts.settings();
    this.metrics = new PipelineMetrics(parts.registry(), settings.countedTenants(), tags);
    this.attempts = parts.attempts(metrics, want, doubt);
    this.dispatcher =
        new Dispatcher(
            vertx, loop, settings, vitals, door, new Answers(parts.transfers(), metrics));
    metrics.gauge(
        "sluice.pipeline.queue.depth", "Commands that wait or are parked", vitals::waiting);
    metrics.gauge(
        "sluice.pipeline.queue.capacity", "Commands that may wait or be parked", capacity);
    metrics.gauge(
        "sluice.pipeline.quarantine.accounts",
        "Accounts that somebody outside keeps locked",
        vitals::lockedAccounts);
    metrics.gauge(
        "sluice.pipeline.quarantine.commands",
        "Commands that wait for such accounts, apart from the queue",
        vitals::quarantined);
    metrics.gauge("sluice.pipeline.lanes", "Lanes that there are", settings::lanes);
    metrics.gauge(
        "sluice.pipeline.lanes.connected", "Lanes that are connected", vitals::connectedLanes);
  }

  @Override
  public Future<Void> start() {
    return loop.call(() -> dispatcher.start(this::connect, attempts, metrics));
  }

  /** Takes its gauges out of the registry, so that a further pipeline may have them. */
  void forget() {
    metrics.removeGauges();
  }

  private Future<BooksSession> connect() {
    return BooksSession.open(
        connector, numbers, settings.flushTimeoutMs(), settings.lockTimeoutMs());
  }

  @Override
  public Commits commits() {
    return attempts.commits();
  }

  @Override
  public int connectedLanes() {
    return vitals.connectedLanes();
  }

  @Override
  public Optional<String> databaseLacks() {
    return want.now();
  }

  @Override
  public Future<Outcome> submit(TransferCommand command) {
    Promise<Outcome> promise = EventLoop.callersPromise();
    long deadline = deadlineNanos();
    loop.run(here -> dispatcher.admit(command, promise, deadline));
    return promise.future();
  }

  @Override
  public Future<Outcome> submitBehind(TransferCommand command) {
    Promise<Outcome> promise = EventLoop.callersPromise();
    var waiting = new Behind.Waiting(command, promise, deadlineNanos());
    loop.run(here -> dispatcher.queueBehind(waiting));
    return promise.future();
  }

  /**
   * Carries out a command that has been on its way for some time.
   *
   * @param wasHeld whether others that came later may be inside already
   */
  Future<Outcome> submit(TenantHome.Order order, boolean wasHeld) {
    Promise<Outcome> promise = EventLoop.callersPromise();
    long deadline = order.deadlineNanos();
    if (order.behind()) {
      var waiting = new Behind.Waiting(order.command(), promise, deadline);
      loop.run(here -> dispatcher.queueBehind(waiting));
    } else if (wasHeld) {
      loop.run(here -> dispatcher.admitLate(order.command(), promise, deadline));
    } else {
      loop.run(here -> dispatcher.admit(order.command(), promise, deadline));
    }
    return promise.future();
  }

  /** Answers a command of which nothing has been done, and counts that. */
  Future<Outcome> tell(TransferCommand command, Outcome outcome) {
    Promise<Outcome> promise = EventLoop.callersPromise();
    loop.run(here -> dispatcher.tell(command, promise, outcome));
    return promise.future();
  }

  private long deadlineNanos() {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.deadlineMs());
  }

  @Override
  public Optional<Duration> turnsAway(TenantId tenant) {
    return door.isClosed(tenant)
        ? Optional.of(Duration.ofMillis(settings.retryAfterMs()))
        : Optional.empty();
  }

  @Override
  public Future<Void> close(long timeoutMs) {
    return loop.call(() -> dispatcher.close(timeoutMs));
  }
}
