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
  private final PriorityQueue<Entry> ready =
      new PriorityQueue<>(Comparator.comparingLong(Entry::arrival));
  private final ArrayDeque<Entry> byDeadline = new ArrayDeque<>();
  private int size;

  WaitingRoom(int capacity) {
    this.capacity = capacity;
  }

  /** Commands that wait for a lane or are parked. */
  int size() {
    return size;
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
    byDeadline.add(entry);
    var taken = new ArrayList<Slot>(4);
    for (UUID id : entry.touches()) {
      Slot slot = slots.computeIfAbsent(id, Slot::new);
      slot.waiting().add(entry);
      taken.add(slot);
    }
    entry.occupy(taken);
    makeReadyFor(null, entry);
    return true;
  }

  /** Moves up to {@code max} commands into a batch, the earliest first; possibly none. */
  Batch take(int max) {
    var batch = new Batch();
    while (batch.entries().size() < max && !ready.isEmpty()) {
      Entry entry = ready.poll();
      entry.setReady(false);
      if (isTurn(entry, batch)) {
        leave(entry);
        if (!entry.isAnswered()) {
          batch.add(entry);
        }
        entry.slots().forEach(slot -> nextOf(slot, batch));
      }
    }
    return batch;
  }

  /** Lets those go on who waited for a batch to end. */
  void release(Batch batch) {
    batch.slots().forEach(Slot::release);
    for (Slot slot : batch.slots()) {
      nextOf(slot, null);
      if (slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  /** Hands over every waiting command whose deadline has passed. They must be answered. */
  void expire(long nowNanos, Consumer<Entry> expired) {
    while (!byDeadline.isEmpty()) {
      Entry first = byDeadline.peek();
      boolean waits = !first.isAnswered() && !first.isInBatch();
      if (waits && !first.isPastDeadline(nowNanos)) {
        return;
      }
      byDeadline.poll();
      if (waits) {
        expired.accept(first);
      }
    }
  }

  private void leave(Entry entry) {
    size--;
    for (Slot slot : entry.slots()) {
      slot.waiting().poll();
      if (entry.isAnswered() && slot.isUnused()) {
        slots.remove(slot.id());
      }
    }
  }

  private void nextOf(Slot slot, Batch batch) {
    Entry next = slot.waiting().peek();
    if (next != null) {
      makeReadyFor(batch, next);
    }
  }

  private void makeReadyFor(Batch batch, Entry entry) {
    if (!entry.isReady() && isTurn(entry, batch)) {
      entry.setReady(true);
      ready.add(entry);
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
