package io.sluice.pipeline;

import io.sluice.ledger.Ids;
import io.sluice.store.BooksSession;
import io.sluice.store.SqlState;
import io.sluice.store.seal.Commits;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Begins transactions, each at its time. For the pipeline's event loop only. */
final class Attempts {
  private final Ids ids;
  private final Clock clock;
  private final PipelineMetrics metrics;
  private final Want want;
  private final BatchTracer tracer;
  private final KeyMemory keys = new KeyMemory();
  private final Commits commits;
  private final Runnable doubt;

  /**
   * @param commits gets what transactions have written
   * @param doubt run whenever one has failed
   */
  Attempts(
      Ids ids,
      Clock clock,
      PipelineMetrics metrics,
      Want want,
      BatchTracer tracer,
      Commits commits,
      Runnable doubt) {
    this.ids = ids;
    this.clock = clock;
    this.metrics = metrics;
    this.want = want;
    this.tracer = tracer;
    this.commits = commits;
    this.doubt = doubt;
  }

  Attempt begin(BooksSession session, List<Submission> submissions) {
    keys.nextBatch();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Attempt(session, ids, now, metrics, tracer, keys, commits, submissions);
  }

  /** What transactions have written. */
  Commits commits() {
    return commits;
  }

  /** Notes that a transaction failed. */
  void failed(Throwable failure) {
    want.failed(failure);
    doubt.run();
    if (SqlState.of(failure) == SqlState.UNIQUE_VIOLATION) {
      keys.guessedWrong();
    }
  }

  /** Notes that a transaction was committed. */
  void succeeded() {
    want.over();
  }
}
