package io.sluice.pipeline;

import io.micrometer.core.instrument.Timer;
import io.sluice.ledger.Decider;
import io.sluice.ledger.Decision;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Needs;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.BooksSession;
import io.sluice.store.LockedBooks;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One transaction: lock, decide every command in memory, write and commit. */
final class Attempt {
  /** What a command came to. */
  record Result(Submission submission, Verdict verdict) {}

  /** A decision, or that an earlier attempt was committed after all. */
  sealed interface Verdict {
    record Made(Decision decision) implements Verdict {}

    record StoredEarlier() implements Verdict {}
  }

  private final BooksSession session;
  private final Ids ids;
  private final Instant now;
  private final PipelineMetrics metrics;
  private final Map<TenantId, List<Submission>> byTenant = new LinkedHashMap<>(2);
  private final List<Result> results = new ArrayList<>();
  private boolean committing;

  Attempt(
      BooksSession session,
      Ids ids,
      Instant now,
      PipelineMetrics metrics,
      List<Submission> submissions) {
    this.session = session;
    this.ids = ids;
    this.now = now;
    this.metrics = metrics;
    for (Submission submission : submissions) {
      byTenant
          .computeIfAbsent(submission.command().tenant(), t -> new ArrayList<>())
          .add(submission);
    }
  }

  /** Whether COMMIT was sent, so that a lost connection leaves the fate of the commands unknown. */
  boolean isCommitting() {
    return committing;
  }

  /**
   * Runs the transaction.
   *
   * @param again whether an earlier attempt may have been committed
   */
  Future<List<Result>> run(boolean again) {
    List<Needs> needs = new ArrayList<>(byTenant.size());
    byTenant.forEach((tenant, submissions) -> needs.add(new Needs(tenant, commands(submissions))));
    long started = System.nanoTime();
    return session
        .lock(needs, again, now)
        .compose(
            books -> {
              record(metrics.lockTime(), started);
              books.forEach(this::decide);
              return finish(books);
            })
        .map(done -> results);
  }

  private static List<TransferCommand> commands(List<Submission> submissions) {
    return submissions.stream().map(Submission::command).toList();
  }

  private void decide(LockedBooks locked) {
    var decider = new Decider(locked.books(), locked.changes(), ids, now);
    for (Submission submission : byTenant.get(locked.needs().tenant())) {
      results.add(new Result(submission, verdict(locked, decider, submission.command())));
    }
  }

  private static Verdict verdict(LockedBooks locked, Decider decider, TransferCommand command) {
    return locked.isStored(command.id())
        ? new Verdict.StoredEarlier()
        : new Verdict.Made(decider.decide(command));
  }

  private Future<Void> finish(List<LockedBooks> books) {
    if (books.stream().allMatch(each -> each.changes().isEmpty())) {
      return session.rollback();
    }
    committing = true;
    long started = System.nanoTime();
    return session.commit(books, now).onSuccess(done -> record(metrics.commitTime(), started));
  }

  private static void record(Timer timer, long started) {
    timer.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }
}
