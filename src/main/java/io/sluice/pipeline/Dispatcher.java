package io.sluice.pipeline;

import io.sluice.config.PipelineSettings;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.pipeline.Attempt.Result;
import io.sluice.store.BooksSession;
import io.sluice.store.SqlState;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets commands in, gives idle lanes what waits, and has told what it came to. Owned by the
 * pipeline's event loop, with everything that it leads to.
 */
final class Dispatcher {
  private static final long SWEEP_MS = 20;

  /** Of the time that a command may have to wait, what those behind all others may add to it. */
  private static final int BEHIND_PART = 4;

  private final Vertx vertx;
  private final EventLoop loop;
  private final PipelineSettings settings;
  private final Vitals vitals;
  private final Door door;
  private final Answers answers;
  private final WaitingRoom waiting;
  private final Behind behind;
  private final List<Lane> lanes = new ArrayList<>();
  private final ArrayDeque<Lane> idle = new ArrayDeque<>();
  private final Promise<Void> drained;
  private final Pace pace = new Pace(System.nanoTime());
  private long arrivals;
  private long latestDeadlineNanos = System.nanoTime();
  private int legsInFlight;
  private long sweeper;
  private boolean closing;

  Dispatcher(
      Vertx vertx,
      EventLoop loop,
      PipelineSettings settings,
      Vitals vitals,
      Door door,
      Answers answers) {
    this.vertx = vertx;
    this.loop = loop;
    this.settings = settings;
    this.vitals = vitals;
    this.door = door;
    this.answers = answers;
    this.behind = new Behind(settings.gentleMs());
    this.waiting =
        new WaitingRoom(settings.queueCapacity(), settings.quarantineCapacity(), System::nanoTime);
    this.drained = loop.promise();
  }

  /** Makes the lanes and connects them; fails when the database cannot be reached. */
  Future<Void> start(
      Supplier<Future<BooksSession>> connect, Attempts attempts, PipelineMetrics metrics) {
    loop.assertOwner();
    for (int i = 0; i < settings.lanes(); i++) {
      var connection =
          new LaneConnection(vertx, "lane " + (i + 1), connect, this::countConnectedLanes);
      lanes.add(new Lane(vertx, connection, attempts, metrics, answers, this::isolate));
    }
    idle.addAll(lanes);
    sweeper = vertx.setPeriodic(SWEEP_MS, tick -> sweep());
    return Future.all(lanes.stream().map(Lane::connect).toList()).mapEmpty();
  }

  private void countConnectedLanes() {
    vitals.setConnectedLanes((int) lanes.stream().filter(Lane::isConnected).count());
  }

  /** Lets nothing more in, waits until everything inside is answered, and closes the lanes. */
  Future<Void> close(long timeoutMs) {
    loop.assertOwner();
    closing = true;
    while (!behind.isEmpty()) {
      turnAway(submission(behind.next()));
    }
    checkDrained();
    return drained
        .future()
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(late -> Future.succeededFuture())
        .onSuccess(
            done -> {
              vertx.cancelTimer(sweeper);
              lanes.forEach(Lane::close);
            });
  }

  /** Lets a command in, or turns it away. */
  void admit(TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {
    loop.assertOwner();
    behind.meet(System.nanoTime());
    Submission submission = submission(command, promise, deadlineNanos);
    if (closing || isTooLong(command.tenant()) || !waiting.admit(submission)) {
      turnAway(submission);
      return;
    }
    dispatch();
  }

  /** The same for one that others have overtaken: its deadline stays what it is. */
  void admitLate(TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {
    loop.assertOwner();
    behind.meet(System.nanoTime());
    var submission = new Submission(command, promise, deadlineNanos, arrivals++);
    if (submission.isPastDeadline(System.nanoTime())) {
      answers.giveUp(submission);
    } else if (closing || isTooLong(command.tenant()) || !waiting.admitLate(submission)) {
      turnAway(submission);
    } else {
      dispatch();
    }
  }

  /** Answers one that never was inside. */
  void tell(TransferCommand command, Promise<Outcome> promise, Outcome outcome) {
    loop.assertOwner();
    answers.tellUndone(new Submission(command, promise, latestDeadlineNanos, arrivals++), outcome);
  }

  private Submission submission(
      TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {
    // Commands from several threads may overtake one another on their way here.
    if (deadlineNanos - latestDeadlineNanos > 0) {
      latestDeadlineNanos = deadlineNanos;
    }
    return new Submission(command, promise, latestDeadlineNanos, arrivals++);
  }

  private Submission submission(Behind.Waiting first) {
    return submission(first.command(), first.promise(), first.deadlineNanos());
  }

  /** Lets a command wait behind all others, or turns it away. */
  void queueBehind(Behind.Waiting last) {
    loop.assertOwner();
    if (closing) {
      turnAway(submission(last));
      return;
    }
    behind.add(last);
    if (letInWhereThereIsRoom()) {
      dispatch();
    }
  }

  /** Whether those who come next would notice one more. */
  private boolean isCrowded() {
    return waiting.legs() >= settings.maxBatchLegs()
        || !pace.isEnoughFor(waiting.legs(), settings.maxWaitMs() / BEHIND_PART);
  }

  /** Lets those behind in, where others come only as many as are a portion; whether any. */
  private boolean letInWhereThereIsRoom() {
    boolean any = false;
    while (!behind.isEmpty() && !isCrowded()) {
      long now = System.nanoTime();
      if (!behind.hasCompany(now)) {
        letIn(submission(behind.next()));
      } else {
        Portion portion = behind.portion(now);
        if (!portion.isOpen()) {
          return any;
        }
        Submission next = submission(behind.next());
        next.comeWith(portion);
        letIn(next);
      }
      any = true;
    }
    return any;
  }

  private void letIn(Submission submission) {
    if (!waiting.admit(submission)) {
      turnAway(submission);
    }
  }

  /** Where it is crowded each batch that is done lets one in, so that nobody waits for ever. */
  private void letThoseBehindIn() {
    if (!behind.isEmpty() && isCrowded()) {
      letIn(submission(behind.next()));
    }
    letInWhereThereIsRoom();
  }

  private void turnAway(Submission submission) {
    answers.tellUndone(
        submission, new Outcome.Overloaded(Duration.ofMillis(settings.retryAfterMs())));
  }

  /** Whether a tenant's next command would wait longer than anybody should. */
  private boolean isTooLong(TenantId tenant) {
    boolean tooLong = !pace.isEnoughFor(waiting.legsBefore(tenant), settings.maxWaitMs());
    if (tooLong) {
      door.close(tenant);
    }
    return tooLong;
  }

  /** Gives idle lanes what waits. */
  private void dispatch() {
    while (!idle.isEmpty()) {
      Batch batch = next();
      if (batch.isEmpty()) {
        break;
      }
      Lane lane = idle.poll();
      legsInFlight += batch.legs();
      lane.carryOut(batch).onComplete(done -> finish(lane, batch, done));
    }
    vitals.setWaiting(waiting.size());
    vitals.setQuarantine(waiting.quarantine().accounts(), waiting.quarantine().size());
  }

  private Batch next() {
    Batch trial = waiting.takeTrial(settings.maxBatchLegs());
    return trial.isEmpty() ? waiting.take(fairShare(), settings.maxBatchLegs()) : trial;
  }

  /** Has commands wait apart that meet what somebody else has locked; gives back the others. */
  private List<Submission> isolate(
      List<Submission> submissions, Collection<UUID> locked, Throwable failure) {
    String why = SqlState.explain(failure);
    List<Submission> others = waiting.isolate(submissions, locked, why, this::turnAway);
    dispatch();
    return others;
  }

  /**
   * Lanes work best in batches of one size: were one to take all that waits while the rest are
   * idle, it would work alone, and were it to leave as much to lanes that are busy, batches would
   * be small. A portion of those who stand behind all others keeps to one lane, with whoever comes
   * at that time, so that others find another one idle.
   */
  private int fairShare() {
    int share = Math.ceilDiv(waiting.legs() + legsInFlight, lanes.size());
    int least = behind.isPortionUnderWay() ? 2 * Portion.LEGS : 1;
    return Math.min(Math.max(share, least), settings.maxBatchLegs());
  }

  /**
   * The lane gets its next batch before the answers are told: PostgreSQL works on it while they are
   * written out.
   */
  private void finish(Lane lane, Batch batch, AsyncResult<List<Result>> done) {
    legsInFlight -= batch.legs();
    idle.add(lane);
    if (legsInFlight < 0 || idle.size() > lanes.size()) {
      throw new IllegalStateException(legsInFlight + " legs in flight, idle lanes: " + idle.size());
    }
    waiting.release(batch);
    batch.submissions().stream().filter(Submission::isInBatch).forEach(Submission::leavePortion);
    letThoseBehindIn();
    dispatch();
    pace.done(batch.legs(), waiting.size() > 0, System.nanoTime());
    if (done.succeeded()) {
      answers.tell(done.result());
    } else {
      batch.submissions().stream()
          .filter(Submission::isInBatch)
          .forEach(submission -> answers.defect(submission, done.cause()));
    }
    checkDrained();
  }

  private void checkDrained() {
    if (closing && waiting.isEmpty() && idle.size() == lanes.size()) {
      drained.tryComplete();
    }
  }

  /** Tells those who have waited for too long, and tries what was locked. */
  private void sweep() {
    waiting.expire(System.nanoTime(), answers::giveUp);
    behind.expire(System.nanoTime(), late -> answers.giveUp(submission(late)));
    boolean letIn = letInWhereThereIsRoom();
    if (letIn || waiting.quarantine().accounts() > 0) {
      dispatch();
      checkDrained();
    }
  }
}
