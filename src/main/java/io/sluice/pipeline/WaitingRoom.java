package io.sluice.pipeline;

import io.sluice.ledger.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The commands that wait for a lane. A command whose account is in a batch in flight, or is wanted
 * by an earlier command that has to wait itself, is parked until its turn comes; so batches in
 * flight are disjoint, and the order per account is the order of arrival. Bounded. For one thread
 * only.
 */
final class WaitingRoom {
  private final int capacity;
  private final TenantLines lines;
  private final Map<UUID, Slot> slots = new HashMap<>();
  private final ArrayDeque<Submission> byDeadline = new ArrayDeque<>();
  private int legs;

  WaitingRoom(int capacity) {
    this.capacity = capacity;
    this.lines = new TenantLines(capacity);
  }

  /** Commands that wait for a lane or are parked. */
  int size() {
    return lines.size();
  }

  /** The legs of all that wait or are parked. */
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
    if (!lines.enter(submission)) {
      return false;
    }
    legs += submission.legs();
    if (byDeadline.size() >= 2 * capacity) {
      // One that waits for long keeps those behind it in line, though they have gone.
      byDeadline.removeIf(other -> !waits(other));
    }
    byDeadline.add(submission);
    var taken = new ArrayList<Slot>(4);
    for (UUID id : submission.touches()) {
      Slot slot = slots.computeIfAbsent(id, Slot::new);
      if (slot.waiting().peekLast() != submission) {
        slot.waiting().add(submission);
        taken.add(slot);
      }
    }
    submission.occupy(taken);
    addIfTurn(submission, null);
    return true;
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

  /** Lets those go on who waited for a batch to end. */
  void release(Batch batch) {
    batch.slots().forEach(slot -> slot.release(batch));
    for (Slot slot : batch.slots()) {
      addNextOf(slot, null);
      if (slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  /** Hands over every waiting command whose deadline has passed. They must be answered. */
  void expire(long nowNanos, Consumer<Submission> expired) {
    while (!byDeadline.isEmpty()) {
      Submission first = byDeadline.peek();
      boolean waits = waits(first);
      if (waits && !first.isPastDeadline(nowNanos)) {
        return;
      }
      byDeadline.poll();
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

  private void leave(Submission submission) {
    lines.leave(submission);
    legs -= submission.legs();
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

  private static boolean isTurn(Submission submission, Batch batch) {
    for (Slot slot : submission.slots()) {
      if (slot.waiting().peek() != submission || !slot.isFreeFor(batch)) {
        return false;
      }
    }
    return true;
  }
}
