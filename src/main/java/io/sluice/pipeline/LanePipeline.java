package io.sluice.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Decision;
import io.sluice.ledger.Ids;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.pipeline.Attempt.Result;
import io.sluice.pipeline.Attempt.Verdict;
import io.sluice.store.BooksSession;
import io.sluice.store.Database;
import io.sluice.store.TransferStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The pipeline: a bounded waiting room before a few lanes, all on one event loop, so that nothing
 * here needs a lock. A free lane takes what waits, at most its fair share; an idle one takes a
 * command at once, so a lone request pays nothing for the batching.
 */
public final class LanePipeline implements TransferPipeline {
  private static final long SWEEP_MS = 20;

  private final EventLoop loop;
  private final Vertx vertx;
  private final PipelineSettings settings;
  private final TransferStore transfers;
  private final Clock clock;
  private final PipelineMetrics metrics;
  private final WaitingRoom waiting;
  private final List<Lane> lanes = new ArrayList<>();
  private final ArrayDeque<Lane> idle = new ArrayDeque<>();
  private Instant latest = Instant.EPOCH;
  private long arrivals;
  private int legsInFlight;
  private long sweeper;
  private volatile int size;
  private boolean closing;
  private Promise<Void> drained;

  /** A pipeline on an event loop of its own. {@link #start()} must be called before any command. */
  public LanePipeline(
      Vertx vertx,
      Database database,
      PipelineSettings settings,
      TransferStore transfers,
      Clock clock,
      Ids ids,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.loop = EventLoop.create(vertx);
    this.settings = settings;
    this.transfers = transfers;
    this.clock = clock;
    this.metrics = new PipelineMetrics(registry);
    this.waiting = new WaitingRoom(settings.queueCapacity());
    for (int i = 0; i < settings.lanes(); i++) {
      lanes.add(
          new Lane(
              vertx,
              () -> BooksSession.open(vertx, database.laneOptions(), settings.flushTimeoutMs()),
              ids,
              this::now,
              metrics,
              this::answer));
    }
    idle.addAll(lanes);
    metrics.gauge("sluice.pipeline.queue.depth", "Commands that wait or are parked", () -> size);
    metrics.gauge(
        "sluice.pipeline.queue.capacity",
        "Commands that may wait or be parked",
        settings::queueCapacity);
    metrics.gauge(
        "sluice.pipeline.lanes.connected", "Lanes that are connected", this::connectedLanes);
  }

  /** Connects the lanes; fails when the database cannot be reached. */
  public Future<Void> start() {
    return loop.call(
        () -> {
          sweeper = vertx.setPeriodic(SWEEP_MS, tick -> expire());
          return Future.all(lanes.stream().map(Lane::connect).toList()).mapEmpty();
        });
  }

  /** Lanes that have a connection. */
  public int connectedLanes() {
    return (int) lanes.stream().filter(Lane::isConnected).count();
  }

  @Override
  public Future<Outcome> submit(TransferCommand command) {
    Promise<Outcome> promise = EventLoop.callersPromise();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.deadlineMs());
    loop.run(here -> admit(command, promise, deadline));
    return promise.future();
  }

  /**
   * Lets nothing more in, waits until everything inside is answered, and closes the lanes.
   *
   * @param timeoutMs how long to wait; the lanes are closed then in any case
   */
  public Future<Void> close(long timeoutMs) {
    return loop.call(
            () -> {
              closing = true;
              drained = loop.promise();
              checkDrained();
              return drained
                  .future()
                  .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                  .recover(late -> Future.succeededFuture());
            })
        .compose(
            done -> {
              vertx.cancelTimer(sweeper);
              return Future.join(lanes.stream().map(Lane::close).toList()).<Void>mapEmpty();
            });
  }

  private void admit(TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {
    var submission = new Submission(command, promise, deadlineNanos, arrivals++);
    if (closing || !waiting.admit(submission)) {
      finish(submission, new Outcome.Overloaded(Duration.ofMillis(settings.retryAfterMs())));
      return;
    }
    dispatch();
  }

  /** Gives idle lanes what waits. */
  private void dispatch() {
    while (!idle.isEmpty()) {
      Batch batch = waiting.take(fairShare(), settings.maxBatchLegs());
      size = waiting.size();
      if (batch.isEmpty()) {
        return;
      }
      Lane lane = idle.poll();
      legsInFlight += batch.legs();
      lane.carryOut(batch).onComplete(done -> finish(lane, batch, done));
    }
    size = waiting.size();
  }

  /**
   * Lanes work best in batches of one size: were one to take all that waits while the rest are
   * idle, it would work alone, and were it to leave as much to lanes that are busy, batches would
   * be small.
   */
  private int fairShare() {
    int share = Math.ceilDiv(waiting.legs() + legsInFlight, lanes.size());
    return Math.clamp(share, 1, settings.maxBatchLegs());
  }

  /**
   * The lane gets its next batch before the answers are told: PostgreSQL works on it while they are
   * written out.
   */
  private void finish(Lane lane, Batch batch, AsyncResult<List<Result>> done) {
    waiting.release(batch);
    legsInFlight -= batch.legs();
    idle.add(lane);
    dispatch();
    if (done.succeeded()) {
      done.result().forEach(this::answer);
    }
    checkDrained();
  }

  private void checkDrained() {
    if (closing && waiting.size() == 0 && idle.size() == lanes.size()) {
      drained.tryComplete();
    }
  }

  private void expire() {
    waiting.expire(System.nanoTime(), submission -> finish(submission, new Outcome.Expired()));
  }

  private void answer(Result result) {
    switch (result.verdict()) {
      case Verdict.StoredEarlier earlier ->
          readBack(
              result.submission(),
              transfers.find(
                  result.submission().command().tenant(), result.submission().command().id()),
              receipt -> firstAnswer(result.submission().command(), receipt));
      case Verdict.Made(Decision.ReplayOf replay) ->
          readBack(
              result.submission(),
              transfers.find(result.submission().command().tenant(), replay.transfer()),
              Outcome.Replayed::new);
      case Verdict.Made(Decision.Decided decided) -> finish(result.submission(), decided.outcome());
    }
  }

  private void readBack(
      Submission submission, Future<Optional<Receipt>> read, Function<Receipt, Outcome> outcome) {
    read.map(receipt -> outcome.apply(receipt.orElseThrow()))
        .otherwise(new Outcome.Unavailable())
        .onSuccess(found -> finish(submission, found));
  }

  /** The outcome of a command that was committed although its connection died. */
  private static Outcome firstAnswer(TransferCommand command, Receipt receipt) {
    if (receipt.posted()) {
      return new Outcome.Posted(receipt);
    }
    Leg first = command.legs().getFirst();
    BigInteger required =
        command.legs().stream()
            .filter(leg -> leg.debit().id().equals(first.debit().id()))
            .map(leg -> leg.amount().units())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new Outcome.Refused(
        new LedgerRefusal.InsufficientFunds(first.debit(), Amount.ZERO, new Amount(required)),
        Optional.of(receipt));
  }

  private void finish(Submission submission, Outcome outcome) {
    metrics.outcome(submission.command().kind(), outcome);
    submission.answer(outcome);
  }

  /** The time, in whole microseconds, never earlier than it was before. */
  private Instant now() {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    latest = time.isAfter(latest) ? time : latest;
    return latest;
  }
}
