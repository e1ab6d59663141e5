package io.sluice.pipeline;

import java.util.ArrayList;
import java.util.List;

/** The commands that one lane carries out together, in the order of their arrival per account. */
final class Batch {
  private final List<Submission> submissions = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private int legs;

  List<Submission> submissions() {
    return submissions;
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
  boolean hasRoomFor(Submission submission, int maxLegs) {
    return isEmpty() || legs + submission.legs() <= maxLegs;
  }

  boolean isEmpty() {
    return submissions.isEmpty();
  }

  void add(Submission submission) {
    submission.enterBatch();
    submissions.add(submission);
    legs += submission.legs();
    for (Slot slot : submission.slots()) {
      if (!slot.isHeldBy(this)) {
        slot.hold(this);
        slots.add(slot);
      }
    }
  }
}
