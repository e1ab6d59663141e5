package io.sluice.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
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
  private final Map<UUID, Slot> slots = new HashMap<>();
  private final PriorityQueue<Submission> ready = queue();
  private final ArrayDeque<Submission> byDeadline = new ArrayDeque<>();
  private int size;
  private int legs;

  private static PriorityQueue<Submission> queue() {
    return new PriorityQueue<>(Comparator.comparingLong(Submission::arrival));
  }

  WaitingRoom(int capacity) {
    this.capacity = capacity;
  }

  /** Commands that wait for a lane or are parked. */
  int size() {
    return size;
  }

  /** The legs of all that wait or are parked. */
  int legs() {
    return legs;
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
   * @return false when the room is full
   * @throws IllegalStateException when its deadline is before that of the last one let in: it would
   *     not be seen in time
   */
  boolean admit(Submission submission) {
    if (size >= capacity) {
      return false;
    }
    requireLaterDeadline(submission);
    size++;
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
    addIfTurn(submission, null, ready);
    return true;
  }

  /**
   * Moves commands into a batch, the earliest first; possibly none. Batches are measured in legs,
   * as a transfer to a hundred recipients is as much work as a hundred small ones; one that is too
   * large for any batch gets one of its own.
   *
   * @param share how many legs may come that could as well ride in another lane's batch
   * @param max how many may come in all: beyond the share, those follow whom the batch itself keeps
   *     from going anywhere else, because it holds an account that they touch
   */
  Batch take(int share, int max) {
    var batch = new Batch();
    PriorityQueue<Submission> followers = queue();
    Submission submission = next(batch, share, max, followers);
    while (submission != null) {
      submission.setReady(false);
      if (isTurn(submission, batch)) {
        leave(submission);
        if (!submission.isAnswered()) {
          batch.add(submission);
        }
        submission.slots().forEach(slot -> addNextOf(slot, batch, followers));
      }
      submission = next(batch, share, max, followers);
    }
    for (Submission left : followers) {
      left.setReady(false);
      addIfTurn(left, null, ready);
    }
    return batch;
  }

  /**
   * The earlier one of the first follower and the first other, of those that still fit; or null.
   */
  private Submission next(Batch batch, int share, int max, PriorityQueue<Submission> followers) {
    Submission other = ready.peek();
    Submission follower = followers.peek();
    boolean otherFits = other != null && batch.hasRoomFor(other, share);
    boolean followerFits = follower != null && batch.hasRoomFor(follower, max);
    if (otherFits && (!followerFits || other.arrival() < follower.arrival())) {
      return ready.poll();
    }
    return followerFits ? followers.poll() : null;
  }

  /** Lets those go on who waited for a batch to end. */
  void release(Batch batch) {
    batch.slots().forEach(slot -> slot.release(batch));
    for (Slot slot : batch.slots()) {
      addNextOf(slot, null, ready);
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
    size--;
    legs -= submission.legs();
    if (size < 0 || legs < size) {
      throw new IllegalStateException(size + " commands with " + legs + " legs are waiting");
    }
    for (Slot slot : submission.slots()) {
      slot.leave(submission);
      if (submission.isAnswered() && slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  private void addNextOf(Slot slot, Batch batch, PriorityQueue<Submission> queue) {
    Submission next = slot.waiting().peek();
    if (next != null) {
      addIfTurn(next, batch, queue);
    }
  }

  private static void addIfTurn(
      Submission submission, Batch batch, PriorityQueue<Submission> queue) {
    if (!submission.isReady() && isTurn(submission, batch)) {
      submission.setReady(true);
      queue.add(submission);
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
