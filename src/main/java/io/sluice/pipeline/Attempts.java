package io.sluice.pipeline;

import io.sluice.ledger.Ids;
import io.sluice.store.BooksSession;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Begins transactions, each later than the one before. For the pipeline's event loop only. */
final class Attempts {
  private final Ids ids;
  private final Clock clock;
  private final PipelineMetrics metrics;
  private final KeyMemory keys = new KeyMemory();
  private Instant latest = Instant.EPOCH;

  Attempts(Ids ids, Clock clock, PipelineMetrics metrics) {
    this.ids = ids;
    this.clock = clock;
    this.metrics = metrics;
  }

  Attempt begin(BooksSession session, List<Submission> submissions) {
    keys.nextBatch();
    return new Attempt(session, ids, now(), metrics, keys, submissions);
  }

  /** Notes that a transaction failed because something unique was there already. */
  void metUnique() {
    keys.guessedWrong();
  }

  /** The time, in whole microseconds, never earlier than it was before. */
  private Instant now() {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    latest = time.isAfter(latest) ? time : latest;
    return latest;
  }
}
