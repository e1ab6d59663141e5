package io.sluice.pipeline;

import io.sluice.ledger.Ids;
import io.sluice.store.BooksSession;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Begins transactions, each at its time. For the pipeline's event loop only. */
final class Attempts {
  private final Ids ids;
  private final Clock clock;
  private final PipelineMetrics metrics;
  private final KeyMemory keys = new KeyMemory();

  Attempts(Ids ids, Clock clock, PipelineMetrics metrics) {
    this.ids = ids;
    this.clock = clock;
    this.metrics = metrics;
  }

  Attempt begin(BooksSession session, List<Submission> submissions) {
    keys.nextBatch();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Attempt(session, ids, now, metrics, keys, submissions);
  }

  /** Notes that a transaction failed because something unique was there already. */
  void metUnique() {
    keys.guessedWrong();
  }
}
