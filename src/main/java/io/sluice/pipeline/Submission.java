package io.sluice.pipeline;

import io.sluice.ledger.Check;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.loop.Mail;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A command on its way through the pipeline. Touched by the pipeline's event loop only. */
final class Submission {
  private final TransferCommand command;
  private final Promise<Outcome> promise;
  private final long deadlineNanos;
  private final long arrival;
  private final int legs;
  private List<Slot> slots = List.of();
  private List<Ward> wards = List.of();
  private TenantLine line;

  /** Null for one that came on its own, or has left its portion. */
  private Portion portion;

  private boolean ready;
  private boolean inLine;
  private boolean inBatch;
  private boolean begun;
  private boolean answered;
  private boolean unconfirmed;
  private Optional<Tried> tried = Optional.empty();

  /** What an attempt decided and sent a COMMIT for that nobody confirmed. */
  private record Tried(StoredTransfer transfer, Outcome outcome) {}

  Submission(TransferCommand command, Promise<Outcome> promise, long deadlineNanos, long arrival) {
    this.command = command;
    this.promise = promise;
    this.deadlineNanos = deadlineNanos;
    this.arrival = arrival;
    this.legs = Math.max(1, command.legs().size()) + command.events().audience();
  }

  TransferCommand command() {
    return command;
  }

  /** Position in the order of arrival. */
  long arrival() {
    return arrival;
  }

  /**
   * How much of a batch it takes up; a command without legs counts as one, and so does each
   * endpoint that may hear of it, as a row is written for that too.
   */
  int legs() {
    return legs;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isPastDeadline(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** Its tenant's, in which it stands; null before it has been let in. */
  TenantLine line() {
    return line;
  }

  void stand(TenantLine in) {
    line = in;
  }

  /** Comes as a part of a portion. */
  void comeWith(Portion others) {
    portion = others;
    others.enter(legs);
  }

  /** Its portion need not wait for it any more. */
  void leavePortion() {
    if (portion != null) {
      portion.leave();
      portion = null;
    }
  }

  /** What it waits for in quarantine. */
  List<Ward> wards() {
    return wards;
  }

  void setWards(List<Ward> all) {
    wards = all;
  }

  List<Slot> slots() {
    return slots;
  }

  void occupy(List<Slot> taken) {
    slots = taken;
  }

  boolean isReady() {
    return ready;
  }

  void setReady(boolean value) {
    ready = value;
  }

  /** Whether it waits in the lines of its slots. */
  boolean isInLine() {
    return inLine;
  }

  void setInLine(boolean value) {
    inLine = value;
  }

  boolean isInBatch() {
    return inBatch;
  }

  void enterBatch() {
    if (inBatch) {
      throw new IllegalStateException("transfer " + command.id().value() + " is in a batch twice");
    }
    inBatch = true;
    if (portion != null) {
      portion.begin();
    }
  }

  /** Notes that it could not be carried out in its batch, which goes on without it. */
  void leaveBatch() {
    inBatch = false;
    begun = true;
    leavePortion();
  }

  /** Whether it has been in a batch before. */
  boolean isBegun() {
    return begun;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Notes what may have been stored: its COMMIT was sent, and no answer came. */
  void loseSight(StoredTransfer transfer, Outcome outcome) {
    tried = Optional.of(new Tried(transfer, outcome));
  }

  /** Notes that nothing is stored under its id, hence that no earlier attempt was committed. */
  void regainSight() {
    tried = Optional.empty();
  }

  /** Notes that it repeats what is stored, but may not be there to stay. */
  void missConfirmation() {
    unconfirmed = true;
  }

  boolean isFateUnknown() {
    return unconfirmed || tried.isPresent();
  }

  /**
   * What it came to, given what is stored under its id: its own earlier attempt, or the transfer of
   * somebody who drew the same id.
   */
  Outcome outcomeOf(StoredTransfer stored) {
    return tried
        .filter(own -> own.transfer().isSameAs(stored))
        .map(Tried::outcome)
        .orElseGet(() -> new Outcome.Refused(new TransferIdTaken(command.id()), Optional.empty()));
  }

  void answer(Outcome outcome, Mail mail) {
    if (!answered) {
      answered = true;
      leavePortion();
      mail.keep(promise, outcome);
    }
  }

  void fail(Throwable defect) {
    if (!answered) {
      answered = true;
      leavePortion();
      promise.fail(defect);
    }
  }

  /**
   * What no two batches in flight may share: the accounts, and the idempotency key, so that twins
   * follow one another instead of meeting in PostgreSQL. May name one more than once.
   */
  List<UUID> touches() {
    List<UUID> touches = new ArrayList<>(2 * command.legs().size() + 1);
    for (Leg leg : command.legs()) {
      touches.add(leg.debit().id().value());
      touches.add(leg.credit().id().value());
    }
    for (Check check : command.intent().checks()) {
      if (check instanceof Check.AccountStatusIn in) {
        touches.add(in.account().id().value());
      }
    }
    command.key().ifPresent(key -> touches.add(key.digest()));
    return touches;
  }
}
