package io.sluice.pipeline;

import io.micrometer.core.instrument.Timer;
import io.sluice.ledger.Decider;
import io.sluice.ledger.Decision;
import io.sluice.ledger.Ids;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.BooksSession;
import io.sluice.store.LockedBooks;
import io.sluice.store.seal.Commits;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One transaction: lock, decide every command in memory, write and commit. */
final class Attempt {
  /** What a command came to. */
  record Result(Submission submission, Decision decision) {}

  /** A result that depends on a key which was left unread. */
  private record Unsure(int place, LockedBooks books, Decider decider) {}

  private final BooksSession session;
  private final Ids ids;
  private final Instant now;
  private final PipelineMetrics metrics;
  private final BatchTracer tracer;
  private final KeyMemory keys;
  private final Commits commits;
  private final int size;
  private final Map<TenantId, List<Submission>> byTenant = new LinkedHashMap<>(2);
  private final List<Result> results;
  private final List<Unsure> unsure = new ArrayList<>(0);
  private final List<Submission> postponed = new ArrayList<>(0);
  private List<LockedBooks> written = List.of();

  /** Whether an answer rests on what is stored under a command's own id. */
  private boolean restsOnStored;

  Attempt(
      BooksSession session,
      Ids ids,
      Instant now,
      PipelineMetrics metrics,
      BatchTracer tracer,
      KeyMemory keys,
      Commits commits,
      List<Submission> submissions) {
    this.session = session;
    this.ids = ids;
    this.now = now;
    this.metrics = metrics;
    this.tracer = tracer;
    this.keys = keys;
    this.commits = commits;
    this.size = submissions.size();
    this.results = new ArrayList<>(size);
    for (Submission submission : submissions) {
      byTenant
          .computeIfAbsent(submission.command().tenant(), t -> new ArrayList<>())
          .add(submission);
    }
  }

  /**
   * Runs the transaction.
   *
   * @param again whether an earlier attempt may have been committed
   */
  Future<List<Result>> run(boolean again) {
    List<Needs> needs = needs();
    BatchEvent event = event();
    BatchTracer.Transaction trace = trace();
    long started = System.nanoTime();
    return session
        .lock(needs, keys::mayBeUsed, again, now)
        .compose(
            books -> {
              record(metrics.lockTime(), started);
              event.locked(started);
              trace.locked();
              books.forEach(this::decide);
              Future<Void> finished = finish(books);
              event.decided(started);
              trace.decided();
              return finished;
            })
        .onComplete(
            done -> {
              event.commit();
              trace.ended(done.succeeded());
            })
        .map(done -> results);
  }

  /** What its commands need to be locked and read, tenant by tenant. */
  List<Needs> needs() {
    int legs = 0;
    for (List<Submission> submissions : byTenant.values()) {
      for (Submission submission : submissions) {
        legs += submission.command().legs().size();
      }
    }
    var limit = LotLimit.ofBatch(size, Math.max(1, legs));
    List<Needs> needs = new ArrayList<>(byTenant.size());
    byTenant.forEach(
        (tenant, submissions) -> needs.add(new Needs(tenant, commands(submissions), limit)));
    return needs;
  }

  /**
   * What was left for batches of its own, in the order of arrival; known once the rest is
   * committed.
   */
  List<Submission> postponed() {
    return postponed;
  }

  private BatchTracer.Transaction trace() {
    return tracer.isOn()
        ? tracer.begins(commands(byTenant.values().stream().flatMap(List::stream).toList()))
        : BatchTracer.Transaction.UNSEEN;
  }

  private BatchEvent event() {
    var event = new BatchEvent();
    event.process = session.process();
    event.commands = size;
    event.begin();
    return event;
  }

  private static List<TransferCommand> commands(List<Submission> submissions) {
    return submissions.stream().map(Submission::command).toList();
  }

  private void decide(LockedBooks locked) {
    var decider = new Decider(locked.books(), locked.changes(), ids, now);
    var held = new HashSet<UUID>(0);
    for (Submission submission : byTenant.get(locked.needs().tenant())) {
      Decision decision = decision(locked, decider, submission, held);
      if (decision instanceof Decision.Postponed) {
        postponed.add(submission);
        held.addAll(submission.touches());
        continue;
      }
      if (isUnsure(locked, submission, decision)) {
        unsure.add(new Unsure(results.size(), locked, decider));
      }
      results.add(new Result(submission, decision));
    }
    for (StoredTransfer transfer : locked.changes().transfers()) {
      transfer.key().ifPresent(key -> keys.use(key.digest()));
    }
  }

  /**
   * Whether the answer may be another one, because the key was left unread and nothing of the
   * command is written, which would fail if the key had been used.
   */
  private static boolean isUnsure(LockedBooks locked, Submission submission, Decision decision) {
    return decision instanceof Decision.Decided(Outcome.Refused refused)
        && refused.recorded().isEmpty()
        && submission.command().key().filter(key -> locked.isUnread(key.digest())).isPresent();
  }

  /**
   * @param held what those touch who are left for later: whoever touches it too comes after them
   */
  private Decision decision(
      LockedBooks locked, Decider decider, Submission submission, Set<UUID> held) {
    Optional<StoredTransfer> stored = locked.stored(submission.command().id());
    if (stored.isPresent()) {
      restsOnStored = true;
      return new Decision.Decided(submission.outcomeOf(stored.get()));
    }
    submission.regainSight();
    if (!held.isEmpty() && !Collections.disjoint(held, submission.touches())) {
      return new Decision.Postponed();
    }
    return decider.decide(submission.command());
  }

  private Future<Void> finish(List<LockedBooks> books) {
    int done = results.size() + postponed.size();
    if (done != size) {
      throw new IllegalStateException("went through " + done + " of " + size + " commands");
    }
    long started = System.nanoTime();
    Future<Void> committed = session.commit(books, unreadKeys(), now);
    if (books.stream().allMatch(each -> each.changes().isEmpty())) {
      return committed.onSuccess(ended -> makeSure()).compose(ended -> confirm());
    }
    // Only now has a COMMIT been sent.
    written = books;
    return committed.onSuccess(
        ended -> {
          noteCommit();
          tellCommit();
          record(metrics.commitTime(), started);
          makeSure();
        });
  }

  /** What answers rest on that another transaction wrote must be as durable as what is written. */
  private Future<Void> confirm() {
    boolean repeats =
        restsOnStored
            || results.stream().anyMatch(each -> each.decision() instanceof Decision.ReplayOf);
    return repeats ? session.confirm(byTenant.keySet()) : Future.succeededFuture();
  }

  private Map<LockedBooks, List<UUID>> unreadKeys() {
    var unread = new HashMap<LockedBooks, List<UUID>>(2);
    for (Unsure each : unsure) {
      TransferCommand command = results.get(each.place()).submission().command();
      unread
          .computeIfAbsent(each.books(), books -> new ArrayList<>())
          .add(command.key().orElseThrow().digest());
    }
    return unread;
  }

  /** Answers again whose keys have turned out to be used; a refused command has changed nothing. */
  private void makeSure() {
    for (Unsure each : unsure) {
      Submission submission = results.get(each.place()).submission();
      TransferCommand command = submission.command();
      if (!each.books().isUnread(command.key().orElseThrow().digest())) {
        results.set(each.place(), new Result(submission, each.decider().decide(command)));
      }
    }
  }

  private void noteCommit() {
    for (LockedBooks books : written) {
      commits.note(books.needs().tenant(), books.changes().transfers());
    }
  }

  /** What moved lots is left to be read: its entry says more than the transfer itself. */
  private void tellCommit() {
    for (LockedBooks books : written) {
      if (books.changes().lotMovements().isEmpty()) {
        commits.made(books.needs().tenant(), books.changes().transfers());
      }
    }
  }

  /** Whether a COMMIT was sent, which ends the transaction, one way or the other. */
  boolean isOver() {
    return !written.isEmpty();
  }

  /**
   * Notes for each command what may be stored of it, now that the connection is gone. Nothing is
   * before a COMMIT was sent, but of what another one has stored.
   */
  void loseSight() {
    noteCommit();
    var transfers = new HashMap<TransferId, StoredTransfer>();
    for (LockedBooks books : written) {
      books.changes().transfers().forEach(t -> transfers.put(t.receipt().id(), t));
    }
    for (Result result : results) {
      StoredTransfer transfer = transfers.get(result.submission().command().id());
      if (transfer != null && result.decision() instanceof Decision.Decided(var outcome)) {
        result.submission().loseSight(transfer, outcome);
      }
      if (result.decision() instanceof Decision.ReplayOf) {
        result.submission().missConfirmation();
      }
    }
  }

  private static void record(Timer timer, long started) {
    timer.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }
}
