package io.sluice.pipeline;

import java.util.ArrayList;
import java.util.List;

/** The commands that one lane carries out together, in the order of their arrival per account. */
final class Batch {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private int legs;

  List<Entry> entries() {
    return entries;
  }

  /** What it holds, each once. */
  List<Slot> slots() {
    return slots;
  }

  /** The legs of all its commands. */
  int legs() {
    return legs;
  }

  /** Whether a command fits into what is left of so many legs; the first one always does. */
  boolean hasRoomFor(Entry entry, int maxLegs) {
    return isEmpty() || legs + entry.legs() <= maxLegs;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void add(Entry entry) {
    entry.enterBatch();
    entries.add(entry);
    legs += entry.legs();
    for (Slot slot : entry.slots()) {
      if (!slot.isHeldBy(this)) {
        slot.hold(this);
        slots.add(slot);
      }
    }
  }
}
