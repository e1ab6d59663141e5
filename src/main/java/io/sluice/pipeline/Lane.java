package io.sluice.pipeline;

import io.sluice.pipeline.Attempt.Result;
import io.sluice.store.BooksSession;
import io.sluice.store.FailureKind;
import io.sluice.store.RowLocks;
import io.sluice.store.SqlState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection with at most one transaction in flight. It carries a batch through, whatever
 * happens: a transaction that failed for a passing reason is run again, commands that may be to
 * blame are run alone, and after a lost connection it is looked up what had been committed. For the
 * pipeline's event loop only.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** Failed attempts at a whole batch before its commands are tried one by one. */
  private static final int MAX_JOINT_ATTEMPTS = 3;

  private static final Future<List<Result>> NOTHING_TO_TELL = Future.succeededFuture(List.of());

  private final Vertx vertx;
  private final LaneConnection connection;
  private final Attempts attempts;
  private final PipelineMetrics metrics;
  private final Answers answers;
  private final Isolation isolation;

  /** Has commands wait apart that meet what somebody else has locked. */
  interface Isolation {
    /**
     * Takes some out of a batch.
     *
     * @param locked accounts, or a command that meets a lock elsewhere
     * @return those that are not concerned
     */
    List<Submission> isolate(
        List<Submission> submissions, Collection<UUID> locked, Throwable failure);
  }

  /** A lane without a connection yet. */
  Lane(
      Vertx vertx,
      LaneConnection connection,
      Attempts attempts,
      PipelineMetrics metrics,
      Answers answers,
      Isolation isolation) {
    this.vertx = vertx;
    this.connection = connection;
    this.attempts = attempts;
    this.metrics = metrics;
    this.answers = answers;
    this.isolation = isolation;
  }

  boolean isConnected() {
    return connection.isMade();
  }

  Future<Void> connect() {
    return connection.session().mapEmpty();
  }

  void close() {
    connection.close();
  }

  /**
   * Completes, always successfully, when the batch is done.
   *
   * @return the answers that are still to be told. The others, of commands that had to be run alone
   *     or were given up, have been told already.
   */
  Future<List<Result>> carryOut(Batch batch) {
    metrics.batch(batch.submissions().size());
    return attempt(batch.submissions(), 1);
  }

  private Future<List<Result>> attempt(List<Submission> submissions, int number) {
    List<Submission> live = dropExpired(submissions, number);
    if (live.isEmpty()) {
      return NOTHING_TO_TELL;
    }
    return connection
        .session()
        .compose(open -> run(open, live, number))
        .recover(failure -> cannotConnect(live, number));
  }

  private List<Submission> dropExpired(List<Submission> submissions, int number) {
    long nowNanos = System.nanoTime();
    var live = new ArrayList<Submission>(submissions.size());
    for (Submission submission : submissions) {
      if (number > 1 && submission.isPastDeadline(nowNanos)) {
        answers.giveUp(submission);
      } else {
        live.add(submission);
      }
    }
    return live;
  }

  private Future<List<Result>> run(BooksSession open, List<Submission> submissions, int number) {
    Attempt attempt = attempts.begin(open, submissions);
    return attempt
        .run(number > 1 || submissions.stream().anyMatch(Submission::isBegun))
        .transform(
            done ->
                done.succeeded()
                    ? goOn(done.result(), attempt.postponed(), number)
                    : afterFailure(open, attempt, submissions, number, done.cause()));
  }

  /**
   * The first of those that were left for later has a batch to itself, in which it is decided; the
   * others share another one, in which some of them may be left again.
   */
  private Future<List<Result>> goOn(List<Result> done, List<Submission> postponed, int number) {
    attempts.succeeded();
    if (postponed.isEmpty()) {
      return Future.succeededFuture(done);
    }
    Submission first = postponed.getFirst();
    List<Submission> others = postponed.subList(1, postponed.size());
    return tellAndAttempt(done, List.of(first), number)
        .compose(alone -> tellAndAttempt(alone, others, number));
  }

  private Future<List<Result>> cannotConnect(List<Submission> submissions, int number) {
    metrics.failure(FailureKind.LOST);
    return later(number).compose(waited -> attempt(submissions, number + 1));
  }

  private Future<List<Result>> afterFailure(
      BooksSession open,
      Attempt attempt,
      List<Submission> submissions,
      int number,
      Throwable failure) {
    FailureKind kind = open.isOpen() ? FailureKind.of(failure) : FailureKind.LOST;
    metrics.failure(kind);
    log.atLevel(isOrdinary(kind, failure) ? Level.DEBUG : Level.WARN)
        .addKeyValue("sluice.cause", kind)
        .addKeyValue("sluice.commands", submissions.size())
        .addKeyValue("sluice.attempt", number)
        .log("A transaction failed: {}", failure.toString());
    attempts.failed(failure);
    if (leavesFateOpen(kind)) {
      attempt.loseSight();
    }
    return cleanUp(open, attempt, kind)
        .compose(
            clean ->
                isLocked(failure) && open.isOpen()
                    ? whenLocked(open, attempt, submissions, number, failure)
                    : next(submissions, number, kind, failure));
  }

  /** Of a lock that somebody else keeps it is told once, as long as it is kept. */
  private static boolean isOrdinary(FailureKind kind, Throwable failure) {
    return kind == FailureKind.CONTENDED || isLocked(failure);
  }

  private static boolean isLocked(Throwable failure) {
    return SqlState.of(failure) == SqlState.LOCK_TIMEOUT;
  }

  /** Whoever meets the lock waits apart, as soon as it is known who that is; the others go on. */
  private Future<List<Result>> whenLocked(
      BooksSession open,
      Attempt attempt,
      List<Submission> submissions,
      int number,
      Throwable failure) {
    return open.lockedByOthers(attempt.needs())
        .transform(
            found -> {
              if (found.failed()) {
                // A whole table is locked, or the connection is gone.
                return later(number).compose(waited -> attempt(submissions, number + 1));
              }
              Set<UUID> culprits = culprits(found.result(), submissions, number);
              if (culprits.isEmpty()) {
                return next(submissions, number, FailureKind.CONTENDED, failure);
              }
              return attempt(isolation.isolate(submissions, culprits, failure), number + 1);
            });
  }

  /**
   * Accounts that are locked; or, once a command has been alone for long enough, those that it
   * opens, whose holders may be locked; or the command itself.
   */
  private static Set<UUID> culprits(RowLocks locks, List<Submission> submissions, int number) {
    if (!locks.locked().isEmpty() || submissions.size() > 1 || number < MAX_JOINT_ATTEMPTS) {
      return locks.locked();
    }
    return locks.absent().isEmpty()
        ? Set.of(submissions.getFirst().command().id().value())
        : locks.absent();
  }

  /** Of a transaction that was only in somebody's way, PostgreSQL has said that it failed. */
  private static boolean leavesFateOpen(FailureKind kind) {
    return switch (kind) {
      case CONTENDED, BUSY -> false;
      case LOST, DEFECT -> true;
    };
  }

  /** Leaves no transaction open: rolled back, or its connection closed. */
  private static Future<Void> cleanUp(BooksSession open, Attempt attempt, FailureKind kind) {
    if (kind == FailureKind.LOST) {
      open.close();
      return Future.succeededFuture();
    }
    return attempt.isOver()
        ? Future.succeededFuture()
        : open.rollback()
            .onFailure(failure -> open.close())
            .recover(failure -> Future.succeededFuture());
  }

  private Future<List<Result>> next(
      List<Submission> submissions, int number, FailureKind kind, Throwable failure) {
    boolean alone = submissions.size() == 1;
    return switch (kind) {
      case CONTENDED ->
          alone || number < MAX_JOINT_ATTEMPTS
              ? whenContended(number).compose(waited -> attempt(submissions, number + 1))
              : oneByOne(submissions, number);
      case LOST -> later(number).compose(waited -> attempt(submissions, number + 1));
      case BUSY -> alone ? attempt(submissions, number + 1) : oneByOne(submissions, number);
      case DEFECT -> alone ? defect(submissions, failure) : oneByOne(submissions, number);
    };
  }

  /** Commands do not share a fate: whoever spoilt the batch is found by running each alone. */
  private Future<List<Result>> oneByOne(List<Submission> submissions, int number) {
    Future<List<Result>> chain = NOTHING_TO_TELL;
    for (Submission submission : submissions) {
      chain = chain.compose(before -> tellAndAttempt(before, List.of(submission), number));
    }
    return chain;
  }

  private Future<List<Result>> tellAndAttempt(
      List<Result> before, List<Submission> next, int number) {
    answers.tell(before);
    return attempt(next, number + 1);
  }

  private Future<List<Result>> defect(List<Submission> alone, Throwable failure) {
    answers.defect(alone.getFirst(), failure);
    return NOTHING_TO_TELL;
  }

  /** At once the first time: nearly always it was a key that had been used, and is known now. */
  private Future<Void> whenContended(int number) {
    return number == 1 ? Future.succeededFuture() : later(number - 1);
  }

  private Future<Void> later(int number) {
    return vertx.timer(LaneConnection.backoffMs(number - 1), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
