package io.sluice.pipeline;

import io.sluice.ledger.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The commands that wait for a lane. A command whose account is in a batch in flight, or is wanted
 * by an earlier command that has to wait itself, is parked until its turn comes; so batches in
 * flight are disjoint, and the order per account is the order of arrival. Whoever touches what
 * somebody outside of this pipeline has locked waits apart, and holds nobody up meanwhile. Bounded.
 * For one thread only.
 */
final class WaitingRoom {
  private static final Batch NOTHING = new Batch();

  private final int capacity;
  private final TenantLines lines;
  private final Map<UUID, Slot> slots = new HashMap<>();
  private final ArrayDeque<Submission> byDeadline = new ArrayDeque<>();

  /** Those whose deadlines are not the last ones, as they were in quarantine or came late. */
  private final PriorityQueue<Submission> returned =
      new PriorityQueue<>((one, other) -> Long.signum(one.deadlineNanos() - other.deadlineNanos()));

  private final Quarantine quarantine;
  private int legs;

  /**
   * @param quarantineCapacity commands that may wait for what somebody else has locked
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  WaitingRoom(int capacity, int quarantineCapacity, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.lines = new TenantLines(capacity);
    this.quarantine = new Quarantine(quarantineCapacity, nanoTime);
  }

  /** Commands that wait for a lane or are parked, but for those in quarantine. */
  int size() {
    return lines.size();
  }

  /** Whether nobody waits, in quarantine neither. */
  boolean isEmpty() {
    return size() == 0 && quarantine.size() == 0;
  }

  /** The legs of all that are counted in {@link #size}. */
  int legs() {
    return legs;
  }

  /**
   * The legs that will be carried out before a further command of a tenant, at most: all that wait,
   * or those of the tenant and as many of each other.
   */
  long legsBefore(TenantId tenant) {
    return Math.min(legs, lines.legsBefore(tenant));
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** Commands that are remembered for their deadline: bounded too, though some may have gone. */
  int deadlineCount() {
    return byDeadline.size();
  }

  /** Accounts and keys that are remembered because somebody inside touches them. */
  int slotCount() {
    return slots.size();
  }

  /**
   * Lets a command in.
   *
   * @return false when the room is full, or the tenant has its share of it
   * @throws IllegalStateException when its deadline is before that of the last one let in: it would
   *     not be seen in time
   */
  boolean admit(Submission submission) {
    requireLaterDeadline(submission);
    if (quarantine.concerns(submission)) {
      return quarantine.enter(submission);
    }
    if (!lines.enter(submission)) {
      return false;
    }
    legs += submission.legs();
    if (byDeadline.size() >= 2 * capacity) {
      // One that waits for long keeps those behind it in line, though they have gone.
      byDeadline.removeIf(other -> !waits(other));
    }
    byDeadline.add(submission);
    standInLine(submission);
    return true;
  }

  /** Lets a command in whose deadline is before that of others already inside; false as above. */
  boolean admitLate(Submission submission) {
    if (quarantine.concerns(submission)) {
      return quarantine.enter(submission);
    }
    if (!lines.enter(submission)) {
      return false;
    }
    legs += submission.legs();
    if (returned.size() >= 2 * capacity) {
      returned.removeIf(other -> !waits(other));
    }
    returned.add(submission);
    standInLine(submission);
    return true;
  }

  private void standInLine(Submission submission) {
    var taken = new ArrayList<Slot>(4);
    for (UUID id : submission.touches()) {
      Slot slot = slots.computeIfAbsent(id, Slot::new);
      if (!taken.contains(slot)) {
        Arrivals.insert(submission, slot.waiting());
        taken.add(slot);
      }
    }
    submission.occupy(taken);
    submission.setInLine(true);
    addIfTurn(submission, null);
  }

  /** Lets one in again who comes back from quarantine. */
  private void returnToLine(Submission submission) {
    lines.enterAgain(submission);
    legs += submission.legs();
    returned.add(submission);
    standInLine(submission);
  }

  /**
   * Moves commands into a batch, the tenants in turn, of each the earliest first; possibly none.
   * Batches are measured in legs, as a transfer to a hundred recipients is as much work as a
   * hundred small ones; one that is too large for any batch gets one of its own.
   *
   * @param share how many legs may come that could as well ride in another lane's batch
   * @param max how many may come in all: beyond the share, those follow whom the batch itself keeps
   *     from going anywhere else, because it holds an account that they touch
   */
  Batch take(int share, int max) {
    var batch = new Batch();
    Submission submission = lines.next(batch, share, max);
    while (submission != null) {
      submission.setReady(false);
      if (isTurn(submission, batch)) {
        leave(submission);
        if (!submission.isAnswered()) {
          batch.add(submission);
        }
        submission.slots().forEach(slot -> addNextOf(slot, batch));
      }
      submission = lines.next(batch, share, max);
    }
    lines.dismissFollowers(
        left -> {
          left.setReady(false);
          addIfTurn(left, null);
        });
    return batch;
  }

  /**
   * Moves commands from the quarantine into a batch, to see whether what they wait for is free now;
   * possibly none.
   */
  Batch takeTrial(int max) {
    return quarantine.accounts() == 0 ? NOTHING : quarantine.takeTrial(max, this::occupies);
  }

  /** Whether no earlier command waits for what a command touches; it holds that then. */
  private boolean occupies(Submission submission, Batch batch) {
    List<UUID> ids = submission.touches();
    for (UUID id : ids) {
      Slot slot = slots.get(id);
      if (slot != null && !slot.isFreeFor(batch, submission)) {
        return false;
      }
    }
    submission.occupy(ids.stream().map(id -> slots.computeIfAbsent(id, Slot::new)).toList());
    return true;
  }

  /**
   * Sends whoever touches what somebody outside has locked into quarantine, so that nobody else
   * waits for it: those who wait and those who are in a batch.
   *
   * @param submissions a batch's, in flight
   * @param locked accounts, or a command that meets a lock elsewhere
   * @param why anybody thinks so
   * @param noRoom gets those for whom there is no room. They must be answered.
   * @return those of the batch that are not concerned
   */
  List<Submission> isolate(
      List<Submission> submissions,
      Collection<UUID> locked,
      String why,
      Consumer<Submission> noRoom) {
    locked.forEach(id -> quarantine.findLocked(id, why));
    locked.forEach(id -> withdrawAll(id, noRoom));
    var others = new ArrayList<Submission>(submissions.size());
    for (Submission submission : submissions) {
      if (quarantine.concerns(submission)) {
        submission.leaveBatch();
        enterQuarantine(submission, noRoom);
      } else {
        others.add(submission);
      }
    }
    return others;
  }

  private void withdrawAll(UUID id, Consumer<Submission> noRoom) {
    Slot slot = slots.get(id);
    if (slot != null) {
      for (Submission submission : List.copyOf(slot.waiting())) {
        withdraw(submission);
        if (!submission.isAnswered()) {
          enterQuarantine(submission, noRoom);
        }
      }
    }
  }

  private void withdraw(Submission submission) {
    noteDeparture(submission);
    for (Slot slot : submission.slots()) {
      slot.withdraw(submission);
      addNextOf(slot, null);
      removeIfUnused(slot);
    }
  }

  private void enterQuarantine(Submission submission, Consumer<Submission> noRoom) {
    if (!quarantine.enter(submission)) {
      noRoom.accept(submission);
    }
  }

  /** Lets those go on who waited for a batch to end. */
  void release(Batch batch) {
    batch.slots().forEach(slot -> slot.release(batch));
    quarantine.release(batch, this::returnToLine);
    for (Slot slot : batch.slots()) {
      addNextOf(slot, null);
      removeIfUnused(slot);
    }
  }

  private void removeIfUnused(Slot slot) {
    if (slot.isUnused()) {
      slots.remove(slot.id());
    }
  }

  /** Hands over every waiting command whose deadline has passed. They must be answered. */
  void expire(long nowNanos, Consumer<Submission> expired) {
    expire(byDeadline, nowNanos, expired);
    expire(returned, nowNanos, expired);
    quarantine.expire(nowNanos, expired);
  }

  private static void expire(Queue<Submission> queue, long nowNanos, Consumer<Submission> expired) {
    while (!queue.isEmpty()) {
      Submission first = queue.peek();
      boolean waits = waits(first);
      if (waits && !first.isPastDeadline(nowNanos)) {
        return;
      }
      queue.poll();
      if (waits) {
        expired.accept(first);
      }
    }
  }

  private void requireLaterDeadline(Submission submission) {
    Submission last = byDeadline.peekLast();
    if (last != null && submission.deadlineNanos() - last.deadlineNanos() < 0) {
      throw new IllegalStateException("a deadline before that of an earlier command");
    }
  }

  private static boolean waits(Submission submission) {
    return !submission.isAnswered() && !submission.isInBatch();
  }

  private void noteDeparture(Submission submission) {
    lines.leave(submission);
    legs -= submission.legs();
    submission.setInLine(false);
  }

  private void leave(Submission submission) {
    noteDeparture(submission);
    for (Slot slot : submission.slots()) {
      slot.leave(submission);
      if (submission.isAnswered() && slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  private void addNextOf(Slot slot, Batch batch) {
    Submission next = slot.waiting().peek();
    if (next != null) {
      addIfTurn(next, batch);
    }
  }

  /**
   * @param batch that is being put together; null for any
   */
  private void addIfTurn(Submission submission, Batch batch) {
    if (!submission.isReady() && isTurn(submission, batch)) {
      submission.setReady(true);
      if (batch == null) {
        lines.addReady(submission);
      } else {
        lines.addFollower(submission);
      }
    }
  }

  /** Whoever has gone into quarantine may still be among those who were ready. */
  private static boolean isTurn(Submission submission, Batch batch) {
    if (!submission.isInLine()) {
      return false;
    }
    for (Slot slot : submission.slots()) {
      if (slot.waiting().peek() != submission || !slot.isFreeFor(batch)) {
        return false;
      }
    }
    return true;
  }
}
