package io.sluice.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The commands that one lane carries out together, in the order of their arrival per account. */
final class Batch {
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Slot> slots = new LinkedHashSet<>();

  List<Entry> entries() {
    return entries;
  }

  Set<Slot> slots() {
    return slots;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void add(Entry entry) {
    entry.enterBatch();
    entries.add(entry);
    for (Slot slot : entry.slots()) {
      slot.hold(this);
      slots.add(slot);
    }
  }
}
