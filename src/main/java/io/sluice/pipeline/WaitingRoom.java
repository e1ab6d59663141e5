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
  private final PriorityQueue<Entry> ready = queue();
  private final ArrayDeque<Entry> byDeadline = new ArrayDeque<>();
  private int size;
  private int legs;

  private static PriorityQueue<Entry> queue() {
    return new PriorityQueue<>(Comparator.comparingLong(Entry::arrival));
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
   * Lets a command in. Deadlines must not decrease from one to the next.
   *
   * @return false when the room is full
   */
  boolean admit(Entry entry) {
    if (size >= capacity) {
      return false;
    }
    size++;
    legs += entry.legs();
    if (byDeadline.size() >= 2 * capacity) {
      // One that waits for long keeps those behind it in line, though they have gone.
      byDeadline.removeIf(other -> !waits(other));
    }
    byDeadline.add(entry);
    var taken = new ArrayList<Slot>(4);
    for (UUID id : entry.touches()) {
      Slot slot = slots.computeIfAbsent(id, Slot::new);
      if (slot.waiting().peekLast() != entry) {
        slot.waiting().add(entry);
        taken.add(slot);
      }
    }
    entry.occupy(taken);
    addIfTurn(entry, null, ready);
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
    PriorityQueue<Entry> followers = queue();
    Entry entry = next(batch, share, max, followers);
    while (entry != null) {
      entry.setReady(false);
      if (isTurn(entry, batch)) {
        leave(entry);
        if (!entry.isAnswered()) {
          batch.add(entry);
        }
        entry.slots().forEach(slot -> addNextOf(slot, batch, followers));
      }
      entry = next(batch, share, max, followers);
    }
    for (Entry left : followers) {
      left.setReady(false);
      addIfTurn(left, null, ready);
    }
    return batch;
  }

  /**
   * The earlier one of the first follower and the first other, of those that still fit; or null.
   */
  private Entry next(Batch batch, int share, int max, PriorityQueue<Entry> followers) {
    Entry other = ready.peek();
    Entry follower = followers.peek();
    boolean otherFits = other != null && batch.hasRoomFor(other, share);
    boolean followerFits = follower != null && batch.hasRoomFor(follower, max);
    if (otherFits && (!followerFits || other.arrival() < follower.arrival())) {
      return ready.poll();
    }
    return followerFits ? followers.poll() : null;
  }

  /** Lets those go on who waited for a batch to end. */
  void release(Batch batch) {
    batch.slots().forEach(Slot::release);
    for (Slot slot : batch.slots()) {
      addNextOf(slot, null, ready);
      if (slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  /** Hands over every waiting command whose deadline has passed. They must be answered. */
  void expire(long nowNanos, Consumer<Entry> expired) {
    while (!byDeadline.isEmpty()) {
      Entry first = byDeadline.peek();
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

  private static boolean waits(Entry entry) {
    return !entry.isAnswered() && !entry.isInBatch();
  }

  private void leave(Entry entry) {
    size--;
    legs -= entry.legs();
    for (Slot slot : entry.slots()) {
      slot.waiting().poll();
      if (entry.isAnswered() && slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  private void addNextOf(Slot slot, Batch batch, PriorityQueue<Entry> queue) {
    Entry next = slot.waiting().peek();
    if (next != null) {
      addIfTurn(next, batch, queue);
    }
  }

  private static void addIfTurn(Entry entry, Batch batch, PriorityQueue<Entry> queue) {
    if (!entry.isReady() && isTurn(entry, batch)) {
      entry.setReady(true);
      queue.add(entry);
    }
  }

  private static boolean isTurn(Entry entry, Batch batch) {
    for (Slot slot : entry.slots()) {
      if (slot.waiting().peek() != entry || !slot.isFreeFor(batch)) {
        return false;
      }
    }
    return true;
  }
}
