package io.sluice.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
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

/**
 * The pipeline: a bounded waiting room before a few lanes, all on one event loop, so that nothing
 * here needs a lock. A free lane takes what waits, at most its fair share; an idle one takes a
 * command at once, so a lone request pays nothing for the batching.
 */
public final class LanePipeline implements TransferPipeline {
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
    this.vertx = vertx;
    this.loop = EventLoop.create(vertx);
    this.connector = connector;
    this.settings = settings;
    this.metrics = new PipelineMetrics(registry, settings.countedTenants());
    this.attempts = new Attempts(ids, clock, metrics, want, tracer);
    this.dispatcher =
        new Dispatcher(vertx, loop, settings, vitals, door, new Answers(transfers, metrics));
    metrics.gauge(
        "sluice.pipeline.queue.depth", "Commands that wait or are parked", vitals::waiting);
    metrics.gauge(
        "sluice.pipeline.queue.capacity",
        "Commands that may wait or be parked",
        settings::queueCapacity);
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

  /** Connects the lanes; fails when the database cannot be reached. */
  public Future<Void> start() {
    return loop.call(() -> dispatcher.start(this::connect, attempts, metrics));
  }

  private Future<BooksSession> connect() {
    return BooksSession.open(
        connector, numbers, settings.flushTimeoutMs(), settings.lockTimeoutMs());
  }

  /** What was written, for whoever seals it. */
  public Commits commits() {
    return attempts.commits();
  }

  /** Lanes that have a connection. */
  public int connectedLanes() {
    return vitals.connectedLanes();
  }

  /**
   * What the database lacked when a transfer was tried last, such as room on its disk; empty when
   * nothing is known.
   */
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

  private long deadlineNanos() {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.deadlineMs());
  }

  @Override
  public Optional<Duration> turnsAway(TenantId tenant) {
    return door.isClosed(tenant)
        ? Optional.of(Duration.ofMillis(settings.retryAfterMs()))
        : Optional.empty();
  }

  /**
   * Lets nothing more in, waits until everything inside is answered, and closes the lanes.
   *
   * @param timeoutMs how long to wait; the lanes are closed then in any case
   */
  public Future<Void> close(long timeoutMs) {
    return loop.call(() -> dispatcher.close(timeoutMs));
  }
}
